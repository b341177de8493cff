namespace WinMmf.Security;

/// <summary>What one object says to an account that wants something from it.</summary>
public sealed class AccessAnswer
{
    internal AccessAnswer(AccessObject target, string wanted, AccessReason reason, string explanation, string? decidedBy, bool isOptional)
    {
        Target = target;
        Wanted = wanted;
        Reason = reason;
        Explanation = explanation;
        DecidedBy = decidedBy;
        IsOptional = isOptional;
    }

    /// <summary>The object.</summary>
    public AccessObject Target { get; }

    /// <summary>The rights that are asked for, by the system's names.</summary>
    public string Wanted { get; }

    /// <summary>Allowed, Denied, NotGranted, NeedsElevation or Unknown.</summary>
    public AccessReason Reason { get; }

    /// <summary>How that is known, in a sentence.</summary>
    public string Explanation { get; }

    /// <summary>Whose entry denies it (a SID); null where none does.</summary>
    public string? DecidedBy { get; }

    /// <summary>True if the account can do without this object, with less comfort.</summary>
    public bool IsOptional { get; }

    /// <summary>The object, what is wanted, and the answer.</summary>
    public override string ToString() => $"{Target.Part}: {Wanted}: {Reason}";
}
