using System.Collections.Generic;
using WinMmf.Errors;

namespace WinMmf.Security;

/// <summary>One object of a memory or channel with its access, as it was when it was read.</summary>
public abstract class AccessObject
{
    private protected AccessObject(string part, string fullName, ObjectKind kind)
    {
        Part = part;
        FullName = fullName;
        Kind = kind;
    }

    /// <summary>What it is of the whole: memory, control, pixels, registry, holders, owner, wake.</summary>
    public string Part { get; }

    /// <summary>The name that the system knows it by; a path on Linux.</summary>
    public string FullName { get; }

    /// <summary>The owner's SID or user number; empty if it may not be seen.</summary>
    public abstract string OwnerId { get; }

    /// <summary>The owner by name.</summary>
    public abstract string Owner { get; }

    /// <summary>The descriptor's text: SDDL; on Linux mode and group. Empty if it may not be read.</summary>
    public abstract string Descriptor { get; }

    /// <summary>Its entries in their order.</summary>
    public abstract IReadOnlyList<AccessEntry> Entries { get; }

    /// <summary>Why its access may not be read; null if it may.</summary>
    public WinMmfException? Error { get; internal set; }

    internal ObjectKind Kind { get; }

    /// <summary>True if this object grants what the list of the section with the plain name grants.</summary>
    internal abstract bool IsInStepWith(AccessObject main);

    /// <summary>The part and what it says.</summary>
    public override string ToString() => Error is null ? $"{Part}: {Descriptor}" : $"{Part}: {Error.ErrorId}";
}
