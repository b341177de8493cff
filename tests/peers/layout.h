/* The numbers of docs/protocol.md: offsets, magics and bounds, and nothing else. */
#ifndef PEER_LAYOUT_H
#define PEER_LAYOUT_H

/* 2 Anchor */
#define MAGIC 0xFF464D57u
#define KIND_CONTROL 0x4C4E4843u
#define KIND_PIXELS 0x4C584950u
#define KIND_REGISTRY 0x54534752u
#define VERSION_MAJOR 1u
#define ANCHOR_SIZE 256u
#define AT_MAGIC 0x00u
#define AT_KIND 0x04u
#define AT_VERSION 0x08u
#define AT_STRUCTURE_SIZE 0x0Cu
#define AT_ANCHOR_SIZE 0x10u
#define AT_SCOPE 0x14u
#define AT_NAME_LENGTH 0x18u
#define AT_FOLDER_UID 0x1Cu
#define AT_NAME 0x20u
#define NAME_MOST 200u
#define AT_TIE 0xF0u
#define TIE_SIZE 16u
#define SCOPE_LOCAL 1u
#define SCOPE_GLOBAL 2u

/* 3 Control: description */
#define CONTROL_SIZE 8192u
#define AT_DESCRIPTION_SEQUENCE 0x100u
#define AT_EPOCH 0x104u
#define AT_SLOTS 0x108u
#define AT_MILLIHERTZ 0x114u
#define AT_OWNER 0x130u
#define AT_WRITER 0x148u
#define AT_MOVED 0x170u
#define AT_SOURCE_TEXT 0x180u
#define SOURCE_TEXT_SIZE 128u
#define SLOTS_LEAST 3u
#define SLOTS_MOST 24u

/* 3 Control: state, newest */
#define AT_STATE 0x400u
#define AT_HEARTBEAT 0x404u
#define AT_NEWEST 0x480u
#define AT_GATE 0x484u
#define AT_ROWS_LOOKED_AT 0x488u
#define GATE_CLOSED 0x80u
#define STATE_STOPPED 2u

/* 3 Control: slots */
#define AT_SLOT(i) (0x800u + 128u * (i))
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

/* 4 Pixels */
#define PIXELS_HEADER 65536u
#define AT_PIXELS_GENERATION 0x100u
#define AT_PIXELS_SLOTS 0x104u
#define AT_PIXELS_CAPACITY 0x108u
#define AT_PIXELS_RETIRED 0x110u
#define AT_PIXELS_FINAL(i) (0x140u + 4u * (i))

/* 7 Rows */
#define ROW_SIZE 64u
#define ROWS_MOST 63u
#define ROW_CLAIM 0x00u
#define ROW_LEASE 0x08u
#define ROW_SLEEPING 0x0Cu
#define ROW_START_TIME 0x10u
#define ROW_HOST 0x18u
#define ROW_CLAIMED_AT 0x20u
#define ROW_LABEL 0x28u
#define ROW_LABEL_SIZE 24u

/* 7.8 The door's message */
#define DOOR_MAGIC 0x524F4F44u
#define DOOR_MESSAGE_SIZE 64u
#define AT_DOOR_MAGIC 0x04u
#define AT_DOOR_VERSION 0x08u
#define AT_DOOR_STATUS 0x10u
#define AT_DOOR_ROW 0x14u
#define AT_DOOR_EPOCH 0x18u
#define DOOR_GRANTED 0u
#define DOOR_PATIENCE_MS 250

/* 7.15 The registry of Windows */
#define REGISTRY_SIZE 8192u
#define AT_REGISTRY_ROW(r) (0x1000u + ROW_SIZE * (r))

/* 7.2 Sleeping */
#define WAIT_SLICE_MS 250

/* 13 Pixel formats */
#define DIMENSION_MOST 65535u
#define PAYLOAD_MOST (0x80000000u - 65536u)

#endif
