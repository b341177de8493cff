using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace WinMmf.Platform.Windows.Native;

/// <summary>Files and pipes.</summary>
internal static partial class Kernel32
{
    /// <summary>Opens a file, a device or the client's end of a pipe.</summary>
    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern SafeKernelHandle CreateFileW(
        string path, uint access, uint share, IntPtr security, uint disposition, uint flags, IntPtr template);

    private const uint ShareAll = 7;
    private const uint OpenExisting = 3;
    private const uint BackupSemantics = 0x0200_0000;
    private const int MostPathCharacters = 32_768;

    /// <summary>Where a path leads once all links are followed, as a path of the same form; null where that cannot be told.</summary>
    public static string? TryGetFinalPath(string path)
    {
        const string Verbatim = @"\\?\";
        const string VerbatimUnc = Verbatim + @"UNC\";
        using SafeKernelHandle file = CreateFileW(path, 0, ShareAll, IntPtr.Zero, OpenExisting, BackupSemantics, IntPtr.Zero);
        if (file.IsInvalid)
            return null;
        char[] text = new char[MostPathCharacters];
        uint length = GetFinalPathNameByHandleW(file, text, (uint)text.Length, 0);
        if (length == 0 || length >= text.Length)
            return null;
        string final = new(text, 0, (int)length);
        return final.StartsWith(VerbatimUnc, StringComparison.OrdinalIgnoreCase) ? @"\\" + final.Substring(VerbatimUnc.Length)
            : final.StartsWith(Verbatim, StringComparison.Ordinal) ? final.Substring(Verbatim.Length)
            : final;
    }

    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern uint GetFinalPathNameByHandleW(SafeKernelHandle file, [Out] char[] path, uint length, uint flags);

    /// <summary>Makes a pipe without a name; neither end is inherited.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool CreatePipe(out SafeFileHandle read, out SafeFileHandle write, IntPtr security, uint bytes);

    /// <summary>Makes an instance of a named pipe, for one client.</summary>
    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern SafePipeHandle CreateNamedPipeW(
        string name,
        uint openMode,
        uint pipeMode,
        uint mostInstances,
        uint outBufferSize,
        uint inBufferSize,
        uint defaultTimeout,
        in SecurityAttributes security);
}
