using System;
using System.Runtime.CompilerServices;
using System.Threading;

namespace WinMmf.Frames;

/// <summary>Memory that is mapped.</summary>
internal readonly unsafe struct SharedStepMemory : IStepMemory
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Read(uint* address) => *address;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Read(ulong* address) => *address;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint ReadAcquire(uint* address) => Volatile.Read(ref *address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte ReadAcquire(byte* address) => Volatile.Read(ref *address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(uint* address, uint value) => *address = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ulong* address, ulong value) => *address = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteRelease(uint* address, uint value) => Volatile.Write(ref *address, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteRelease(byte* address, byte value) => Volatile.Write(ref *address, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void FullFence() => Thread.MemoryBarrier();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AcquireFence() => ReadFence.Acquire();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CopyOut(byte* from, byte* to, long length) => Buffer.MemoryCopy(from, to, length, length);

    public void Pause() => Thread.SpinWait(4);
}
