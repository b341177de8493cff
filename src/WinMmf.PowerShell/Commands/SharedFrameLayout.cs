namespace WinMmf.PowerShell.Commands;

/// <summary>The layout of frames in shared memory.</summary>
public enum SharedFrameLayout
{
    /// <summary>A WinMmf channel, which describes itself.</summary>
    Channel,

    /// <summary>A plain memory of a program built on the Rust crate winmmf: lock word, then raw pixels.</summary>
    WinMmf,
}
