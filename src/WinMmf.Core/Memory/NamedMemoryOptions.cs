using System;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.Memory;

/// <summary>How a creator wants its memory.</summary>
public sealed class NamedMemoryOptions
{
    /// <summary>Who may read, and who may write and lock, besides the creator.</summary>
    public AccessPolicy Access { get; set; } = AccessPolicy.Private;

    /// <summary>
    /// Give accounts that may write full access on Windows: the Rust crate winmmf asks for it even to read. They may then change
    /// the memory's access list and its owner, too.
    /// </summary>
    public bool IsOpenToWinMmf { get; set; }

    /// <summary>Whether the memory may be paged out (design N7).</summary>
    public MemoryResidency Residency { get; set; }

    /// <summary>
    /// For a creator whose only task is to keep the memory alive: opens its control pipe and gives its end point, at most 128 UTF-8 bytes.
    /// Called before others can see the memory. It gets the folder in which the pipe's socket lies on Linux, null on Windows.
    /// </summary>
    internal Func<string?, string>? OpenKeeperPipe { get; set; }
}
