/* Loads from shared memory: each one whole, and none repeated behind the reader's back. */
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

static inline void full_fence(void)
{
    atomic_thread_fence(memory_order_seq_cst);
}

static inline void acquire_fence(void)
{
    atomic_thread_fence(memory_order_acquire);
}

#endif
