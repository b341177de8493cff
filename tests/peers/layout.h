/* The numbers of docs/protocol.md: offsets, magics and bounds, and nothing else. */
#ifndef PEER_LAYOUT_H
#define PEER_LAYOUT_H

/* 2.1 Anchor */
#define CONTROL_MAGIC 0xFF464D57u
#define CONTROL_KIND 0x4C4E4843u
#define VERSION_MAJOR 1u
#define CONTROL_SIZE 4096u
#define AT_MAGIC 0x00u
#define AT_KIND 0x04u
#define AT_VERSION 0x08u
#define AT_CONTROL_SIZE 0x0Cu

/* 2.2 Description */
#define AT_DESCRIPTION_SEQUENCE 0x40u
#define AT_EPOCH 0x44u
#define AT_SLOTS 0x48u
#define AT_ROWS 0x4Cu
#define AT_GENERATION 0x50u
#define AT_MILLIHERTZ 0x54u
#define AT_CAPACITY 0x58u
#define AT_OWNER 0x70u
#define AT_WRITER 0x88u
#define AT_SOURCE_TEXT 0xB0u
#define SOURCE_TEXT_SIZE 128u
#define SLOTS_LEAST 3u
#define SLOTS_MOST 24u

/* 2.3 State, newest */
#define AT_STATE 0x200u
#define AT_HEARTBEAT 0x204u
#define AT_NEWEST 0x280u
#define STATE_STOPPED 2u

/* 2.4 Slots */
#define AT_SLOT(i) (0x400u + 128u * (i))
#define SLOT_SEQUENCE 0x00u
#define SLOT_GENERATION 0x04u
#define SLOT_FRAME 0x08u
#define SLOT_CAPTURED 0x10u
#define SLOT_PUBLISHED 0x18u
#define SLOT_WIDTH 0x20u
#define SLOT_HEIGHT 0x24u
#define SLOT_STRIDE 0x28u
#define SLOT_FORMAT 0x2Cu
#define SLOT_LENGTH 0x30u
#define SLOT_FLAGS 0x34u
#define SLOT_EPOCH 0x38u
#define FLAG_SOURCE_STARTED 1u

/* 3 Pixels */
#define PIXELS_MAGIC 0xFF504D57u
#define AT_PIXELS_VERSION 0x04u
#define AT_PIXELS_GENERATION 0x08u
#define AT_PIXELS_SLOTS 0x0Cu
#define AT_PIXELS_CAPACITY 0x10u
#define PIXELS_HEADER 65536u

/* 4 Registry */
#define REGISTRY_MAGIC 0xFF524D57u
#define REGISTRY_SIZE 4096u
#define REGISTRY_ROWS 64u
#define AT_REGISTRY_VERSION 0x04u
#define AT_REGISTRY_ROWS 0x08u
#define AT_ROW(r) (64u * (r))
#define ROW_CLAIM 0x00u
#define ROW_LEASE 0x08u
#define ROW_WAITING 0x0Cu
#define ROW_START_TIME 0x10u
#define ROW_HOST 0x18u
#define ROW_CLAIMED_AT 0x20u
#define ROW_LABEL 0x28u
#define ROW_LABEL_SIZE 24u
#define LEASE_CONFIRMED 0x40u

/* 5.5 Waiting */
#define WAIT_SLICE_MS 250

/* 6 Pixel formats */
#define DIMENSION_MOST 65535u
#define PAYLOAD_MOST (0x80000000u - 65536u)

#endif
