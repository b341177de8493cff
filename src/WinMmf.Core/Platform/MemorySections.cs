namespace WinMmf.Platform;

/// <summary>The two sections of a plain memory.</summary>
internal readonly struct MemorySections
{
    public MemorySections(SharedSection memory, SharedSection companion)
    {
        Memory = memory;
        Companion = companion;
    }

    public SharedSection Memory { get; }

    public SharedSection Companion { get; }
}
