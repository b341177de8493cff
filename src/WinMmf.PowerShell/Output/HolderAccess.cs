namespace WinMmf.PowerShell.Output;

/// <summary>With which access a process has a memory open.</summary>
public enum HolderAccess
{
    /// <summary>For reading only.</summary>
    Read,

    /// <summary>For reading and writing.</summary>
    ReadWrite,
}
