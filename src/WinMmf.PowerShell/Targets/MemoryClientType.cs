namespace WinMmf.PowerShell.Targets;

/// <summary>What kind of program is to use a shared memory.</summary>
public enum MemoryClientType
{
    /// <summary>One of WinMmf: it asks for what it needs.</summary>
    WinMmf,

    /// <summary>
    /// One that was built on the Rust crate winmmf: it asks for full access, to read as well, and knows plain memories only.
    /// </summary>
    WinMmfCrate,
}
