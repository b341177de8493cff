using WinMmf.Access;
using WinMmf.Security;

namespace WinMmf.PowerShell.Output;

/// <summary>What one object answers to an account that wants to use a memory or channel.</summary>
public sealed class SharedMemoryAccessAnswer
{
    private readonly string _text;

    internal SharedMemoryAccessAnswer(AccessAnswer answer)
    {
        Part = answer.Target.Part;
        FullName = answer.Target.FullName;
        Wanted = answer.Wanted;
        Reason = answer.Reason.ToString();
        Explanation = answer.Explanation;
        DecidedBy = answer.DecidedBy;
        IsOptional = answer.IsOptional;
        _text = answer.ToString();
    }

    /// <summary>Which part of the memory or channel it is.</summary>
    public string Part { get; }

    /// <summary>Its name in the system.</summary>
    public string FullName { get; }

    /// <summary>The rights that are asked for, by the system's names.</summary>
    public string Wanted { get; }

    /// <summary>Allowed, Denied, NotGranted, NeedsElevation or Unknown.</summary>
    public string Reason { get; }

    /// <summary>How that is known, in a sentence.</summary>
    public string Explanation { get; }

    /// <summary>Whose entry denies it (a SID); nothing where none does.</summary>
    public string? DecidedBy { get; }

    /// <summary>True if the account can do without this object, with less comfort.</summary>
    public bool IsOptional { get; }

    /// <summary>Text for display.</summary>
    public override string ToString() => _text;
}
