using WinMmf.Names;

namespace WinMmf.Management.Platform;

/// <summary>What a killed process left under a name, seen from outside.</summary>
internal sealed class LeftoverSection
{
    public LeftoverSection(long size, string account, SharedMemoryKind of)
    {
        Size = size;
        Account = account;
        Of = of;
    }

    /// <summary>Bytes of all its files.</summary>
    public long Size { get; }

    /// <summary>The account that they belong to.</summary>
    public string Account { get; }

    /// <summary>What it was: FrameChannel or Memory.</summary>
    public SharedMemoryKind Of { get; }
}
