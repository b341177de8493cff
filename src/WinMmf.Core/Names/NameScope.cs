namespace WinMmf.Names;

/// <summary>Where a name is visible.</summary>
public enum NameScope
{
    /// <summary>The session on Windows (<c>Local\</c>), the user on Linux. Needs no privilege.</summary>
    Local,

    /// <summary>The whole machine. On Windows (<c>Global\</c>) creating needs SeCreateGlobalPrivilege; opening does not.</summary>
    Global,
}
