using WinMmf.Processes;

namespace WinMmf.Layouts;

/// <summary>A process identity in shared memory, 24 bytes: <c>docs/protocol.md</c> before section 1.</summary>
internal static unsafe class SharedIdentity
{
    public const int Size = 24;

    private const int ProcessIdOffset = 0;
    private const int StartTimeOffset = 8;
    private const int HostOffset = 16;

    /// <summary>Writes an identity.</summary>
    public static void Write(byte* destination, ProcessIdentity identity)
    {
        *(uint*)(destination + ProcessIdOffset) = identity.ProcessId;
        *(uint*)(destination + ProcessIdOffset + sizeof(uint)) = 0;
        *(ulong*)(destination + StartTimeOffset) = identity.StartTime;
        *(ulong*)(destination + HostOffset) = identity.Host;
    }

    /// <summary>Reads an identity from a private copy.</summary>
    public static ProcessIdentity Read(byte* source) =>
        new(*(uint*)(source + ProcessIdOffset), *(ulong*)(source + StartTimeOffset), *(ulong*)(source + HostOffset));
}
