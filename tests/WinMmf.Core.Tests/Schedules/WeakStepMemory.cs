using WinMmf.Frames;

namespace WinMmf.Tests.Schedules;

/// <summary>The channel's words by way of <see cref="WeakMemory"/>; words that it does not watch are plain memory.</summary>
internal readonly unsafe struct WeakStepMemory : IStepMemory
{
    public uint Read(uint* address) => WeakMemory.Current!.TryLoad(address, isAcquire: false, out ulong value) ? (uint)value : *address;

    public ulong Read(ulong* address) => WeakMemory.Current!.TryLoad(address, isAcquire: false, out ulong value) ? value : *address;

    public uint ReadAcquire(uint* address) =>
        WeakMemory.Current!.TryLoad(address, isAcquire: true, out ulong value) ? (uint)value : *address;

    public byte ReadAcquire(byte* address) =>
        WeakMemory.Current!.TryLoad(address, isAcquire: true, out ulong value) ? (byte)value : *address;

    public void Write(uint* address, uint value)
    {
        if (!WeakMemory.Current!.TryStore(address, value, isRelease: false))
            *address = value;
    }

    public void Write(ulong* address, ulong value)
    {
        if (!WeakMemory.Current!.TryStore(address, value, isRelease: false))
            *address = value;
    }

    public void WriteRelease(uint* address, uint value)
    {
        if (!WeakMemory.Current!.TryStore(address, value, isRelease: true))
            *address = value;
    }

    public void WriteRelease(byte* address, byte value)
    {
        if (!WeakMemory.Current!.TryStore(address, value, isRelease: true))
            *address = value;
    }

    public void FullFence() => WeakMemory.Current!.FullFence();

    public void AcquireFence() => WeakMemory.Current!.AcquireFence();

    public void CopyOut(byte* from, byte* to, long length)
    {
        for (long i = 0; i < length; i += sizeof(ulong))
            *(ulong*)(to + i) = Read((ulong*)(from + i));
    }

    public void Pause() => WeakMemory.Current!.Pause();
}
