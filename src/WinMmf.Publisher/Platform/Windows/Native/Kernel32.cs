using System.Runtime.Versioning;

namespace WinMmf.Publisher.Platform.Windows.Native;

/// <summary>Functions of kernel32 that .NET has no name for, one a file.</summary>
[SupportedOSPlatform("windows")]
internal static partial class Kernel32
{
    private const string Library = "kernel32.dll";
}
