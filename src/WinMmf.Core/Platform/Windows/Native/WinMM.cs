using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

/// <summary>winmm.dll, which is Windows's multimedia library and has nothing to do with the crate winmmf.</summary>
internal static class WinMM
{
    /// <summary>Requests a timer resolution.</summary>
    [DllImport("winmm.dll", EntryPoint = "timeBeginPeriod", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern uint TimeBeginPeriod(uint milliseconds);

    /// <summary>Takes the same request back.</summary>
    [DllImport("winmm.dll", EntryPoint = "timeEndPeriod", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern uint TimeEndPeriod(uint milliseconds);
}
