namespace WinMmf.Publisher.Platform.Linux.Native;

/// <summary>The system calls that .NET has no name for, one a file.</summary>
internal static partial class LibC
{
    private const string Library = "libc";
}
