using System;

namespace WinMmf.Errors;

/// <summary>
/// What an error is about, as values. A shell computes from them and the error's id which command to suggest; a program
/// decides with them without reading the message. A value that is unknown, or that the error is not about, is null.
/// </summary>
public sealed record ErrorFacts
{
    internal ErrorFacts()
    {
    }

    /// <summary>The name of the memory or channel, as it was given.</summary>
    public string? Name { get; internal set; }

    /// <summary>The scope of the name: Local or Global; null if both were searched.</summary>
    public string? Scope { get; internal set; }

    /// <summary>What has the name: a <c>SharedMemoryKind</c> by its name.</summary>
    public string? Kind { get; internal set; }

    /// <summary>What was being done.</summary>
    public ErrorOperation? Operation { get; internal set; }

    /// <summary>The process that stands in the way, or that the operation was about.</summary>
    public int? ProcessId { get; internal set; }

    /// <summary>The program that is missing or failed, by its name or path.</summary>
    public string? Program { get; internal set; }

    /// <summary>The file or folder.</summary>
    public string? Path { get; internal set; }

    /// <summary>
    /// The account that was refused or does not exist. For a refusal by an access list: the account or group to grant to.
    /// </summary>
    public string? Account { get; internal set; }

    /// <summary>The account that owns the object.</summary>
    public string? Owner { get; internal set; }

    /// <summary>The right or privilege that is missing: Read, Write, or a privilege by its name.</summary>
    public string? Right { get; internal set; }

    /// <summary>How a channel or lock is: a <c>ChannelState</c> or <c>LockVerdict</c> by its name.</summary>
    public string? State { get; internal set; }

    /// <summary>Bytes, or a number of things, that would be needed.</summary>
    public long? Needed { get; internal set; }

    /// <summary>Bytes, or a number of things, that there are.</summary>
    public long? Available { get; internal set; }

    /// <summary>The most that is possible: bytes, or a number of things.</summary>
    public long? Limit { get; internal set; }

    /// <summary>How long was waited.</summary>
    public TimeSpan? Waited { get; internal set; }

    /// <summary>True if the message itself says what to do, as for a video source, about which no shell knows more.</summary>
    internal bool IsMessageAdvised { get; set; }
}
