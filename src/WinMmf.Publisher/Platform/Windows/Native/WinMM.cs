using System.Runtime.Versioning;

namespace WinMmf.Publisher.Platform.Windows.Native;

/// <summary>Functions of winmm that .NET has no name for, one a file.</summary>
[SupportedOSPlatform("windows")]
internal static partial class WinMM
{
    private const string Library = "winmm.dll";
}
