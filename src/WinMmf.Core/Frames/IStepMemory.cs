namespace WinMmf.Frames;

/// <summary>
/// How the two ends of a channel touch what they share. The steps of protocol 5 to 7 are generic over it: with
/// <see cref="SharedStepMemory"/>, a struct without content, the compiler puts the accesses themselves in their place; with a test's own
/// struct each step can be put aside, and each load may see what another processor would see.
/// </summary>
internal unsafe interface IStepMemory
{
    /// <summary>A plain load.</summary>
    uint Read(uint* address);

    /// <summary>A plain load; two loads in a 32-bit process.</summary>
    ulong Read(ulong* address);

    /// <summary>A load that comes before all later loads and stores.</summary>
    uint ReadAcquire(uint* address);

    /// <summary>A load that comes before all later loads and stores.</summary>
    byte ReadAcquire(byte* address);

    /// <summary>A plain store.</summary>
    void Write(uint* address, uint value);

    /// <summary>A plain store; two stores in a 32-bit process.</summary>
    void Write(ulong* address, ulong value);

    /// <summary>A store that comes after all earlier loads and stores.</summary>
    void WriteRelease(uint* address, uint value);

    /// <summary>A store that comes after all earlier loads and stores.</summary>
    void WriteRelease(byte* address, byte value);

    /// <summary>Orders every earlier load and store before every later one.</summary>
    void FullFence();

    /// <summary>Orders earlier loads before later loads and stores.</summary>
    void AcquireFence();

    /// <summary>Copies a payload out, by plain loads in any order.</summary>
    void CopyOut(byte* from, byte* to, long length);

    /// <summary>Lets other processors go on for some cycles.</summary>
    void Pause();
}
