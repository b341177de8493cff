namespace WinMmf.PowerShell.Targets;

/// <summary>Which memories of other programs are found.</summary>
internal enum ForeignNames
{
    None,

    /// <summary>One that is named exactly.</summary>
    Exact,

    /// <summary>Those that match a pattern, too.</summary>
    All,
}
