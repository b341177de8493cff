/* Loads from and stores to shared memory: each one whole, and none repeated or moved behind the reader's back. */
#ifndef PEER_SHARED_H
#define PEER_SHARED_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

static inline uint32_t load_u32(const uint8_t *base, size_t offset)
{
    return atomic_load_explicit((const _Atomic uint32_t *)(const void *)(base + offset), memory_order_acquire);
}

static inline uint64_t load_u64(const uint8_t *base, size_t offset)
{
    return atomic_load_explicit((const _Atomic uint64_t *)(const void *)(base + offset), memory_order_acquire);
}

static inline void store_u64(uint8_t *base, size_t offset, uint64_t value)
{
    atomic_store_explicit((_Atomic uint64_t *)(void *)(base + offset), value, memory_order_release);
}

static inline void store_u8(uint8_t *base, size_t offset, uint8_t value)
{
    atomic_store_explicit((_Atomic uint8_t *)(void *)(base + offset), value, memory_order_release);
}

static inline void full_fence(void)
{
    atomic_thread_fence(memory_order_seq_cst);
}

static inline void acquire_fence(void)
{
    atomic_thread_fence(memory_order_acquire);
}

#endif
