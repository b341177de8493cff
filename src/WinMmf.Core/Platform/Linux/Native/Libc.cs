using System;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace WinMmf.Platform.Linux.Native;

/// <summary>
/// The C library, one concern a file. Unless said otherwise a wrapper gives 0 or an errno, and begins again
/// after <c>EINTR</c>. Texts go over as NUL-terminated UTF-8.
/// </summary>
internal static partial class Libc
{
    private const string Library = "libc";

    /// <summary>True on ARM, which numbers some open flags its own way.</summary>
    private static bool IsArm => RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64;

    /// <summary>A text as the C library takes it.</summary>
    public static byte[] Text(string text)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text) + 1];
        Encoding.UTF8.GetBytes(text, 0, text.Length, bytes, 0);
        return bytes;
    }

    /// <summary>A text that the C library gave; null for a null pointer.</summary>
    public static unsafe string? Text(byte* text)
    {
        if (text is null)
            return null;
        int length = 0;
        while (text[length] != 0)
            length++;
        return Encoding.UTF8.GetString(text, length);
    }

    /// <summary>The system's text for an errno.</summary>
    public static unsafe string DescribeError(int error) =>
        Text(StrerrorNative(error)) ?? "error " + error.ToString(CultureInfo.InvariantCulture);

    [DllImport(Library, EntryPoint = "strerror")]
    private static extern unsafe byte* StrerrorNative(int error);

    /// <summary>A system call's number here.</summary>
    private static nint ByArchitecture(int x64, int arm64) => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => x64,
        Architecture.Arm64 => arm64,
        _ => throw new PlatformNotSupportedException("On Linux, WinMmf runs on x64 and arm64."),
    };
}
