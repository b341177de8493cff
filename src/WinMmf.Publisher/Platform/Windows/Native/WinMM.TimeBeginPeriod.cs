using System.Runtime.InteropServices;

namespace WinMmf.Publisher.Platform.Windows.Native;

internal static partial class WinMM
{
    /// <summary>Asks for a clock that ticks this often.</summary>
    [LibraryImport(Library, EntryPoint = "timeBeginPeriod")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static partial uint TimeBeginPeriod(uint milliseconds);
}
