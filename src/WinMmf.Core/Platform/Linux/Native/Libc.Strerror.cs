using System.Globalization;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
    /// <summary>The system's text for an errno.</summary>
    public static unsafe string DescribeError(int error) => Text(StrerrorNative(error)) ?? "error " + error.ToString(CultureInfo.InvariantCulture);

    [DllImport(Library, EntryPoint = "strerror")]
    private static extern unsafe byte* StrerrorNative(int error);
}
