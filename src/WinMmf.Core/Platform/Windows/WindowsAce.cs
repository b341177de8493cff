namespace WinMmf.Platform.Windows;

/// <summary>One entry of an access list or of a system list.</summary>
internal sealed class WindowsAce
{
    public const byte AllowedType = 0;
    public const byte DeniedType = 1;

    /// <summary>In a system list: what is written to the security log.</summary>
    public const byte AuditType = 2;

    /// <summary>In a system list: a mandatory label.</summary>
    public const byte LabelType = 0x11;

    private const byte InheritOnly = 0x08;

    public WindowsAce(byte type, byte flags, uint mask, string sid)
    {
        Type = type;
        Flags = flags;
        Mask = mask;
        Sid = sid;
    }

    public byte Type { get; }

    public byte Flags { get; }

    public uint Mask { get; }

    /// <summary>The account that it is about, or a label's level; empty in an entry of a type that is not read here.</summary>
    public string Sid { get; }

    public bool IsAllowed => Type == AllowedType;

    /// <summary>True for the types that this code reads and writes; others (conditions, objects) it leaves alone.</summary>
    public bool IsPlain => Type is AllowedType or DeniedType;

    /// <summary>True for the entries of a system list that are carried over.</summary>
    public bool IsSystem => Type is AuditType or LabelType;

    /// <summary>True for a mandatory label.</summary>
    public bool IsLabel => Type == LabelType;

    /// <summary>False for what only children would inherit, of which these objects have none.</summary>
    public bool IsEffective => IsPlain && (Flags & InheritOnly) == 0;

    public WindowsAce With(uint mask) => new(Type, Flags, mask, Sid);

    public static WindowsAce Allow(string sid, uint mask) => new(AllowedType, 0, mask, sid);
}
