using WinMmf.Names;
using WinMmf.Security;

namespace WinMmf.Access;

/// <summary>What mends a refusal, as values: a shell makes its own command of them.</summary>
internal sealed record AccessRemedy
{
    internal AccessRemedy(AccessRemedyKind kind, SharedName name)
    {
        Kind = kind;
        Name = name;
    }

    /// <summary>What is to be done.</summary>
    public AccessRemedyKind Kind { get; }

    /// <summary>The name that it is done with; not always the one that was asked about.</summary>
    public SharedName Name { get; }

    /// <summary>The account, SID or group to let in; null: only the owner.</summary>
    public string? Account { get; internal set; }

    /// <summary>How much it is let do.</summary>
    public AccessRight Right { get; internal set; }

    /// <summary>Bytes of data of the memory to create; null if that is for its maker to say.</summary>
    public long? Size { get; internal set; }
}
