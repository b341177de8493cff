namespace WinMmf.Access;

/// <summary>What an account wants to do with a name.</summary>
public enum AccessUse
{
    /// <summary>Read frames, or a plain memory's data.</summary>
    Read,

    /// <summary>Write and lock a plain memory. A channel is written by its publisher, so there it is the same as Publish.</summary>
    Write,

    /// <summary>Publish frames under the name: make it, or take it over from a dead publisher.</summary>
    Publish,
}
