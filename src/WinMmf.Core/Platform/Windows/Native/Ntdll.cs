using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

/// <summary>ntdll.dll: what the documented functions do not tell.</summary>
internal static partial class Ntdll
{
    /// <summary>True under Wine, which has this function and is not Windows in everything.</summary>
    public static bool IsWine
    {
        get
        {
            try
            {
                return GetWineVersion() != IntPtr.Zero;
            }
            catch (EntryPointNotFoundException)
            {
                return false;
            }
        }
    }

    [DllImport("ntdll.dll", EntryPoint = "wine_get_version", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern IntPtr GetWineVersion();

    /// <summary>Opens a directory of the object namespace.</summary>
    [DllImport("ntdll.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int NtOpenDirectoryObject(out SafeKernelHandle directory, uint access, in ObjectAttributes attributes);

    /// <summary>Reads entries of a directory of the object namespace.</summary>
    [DllImport("ntdll.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int NtQueryDirectoryObject(
        SafeKernelHandle directory,
        IntPtr buffer,
        uint length,
        [MarshalAs(UnmanagedType.U1)] bool returnSingleEntry,
        [MarshalAs(UnmanagedType.U1)] bool restartScan,
        ref uint context,
        out uint returnLength);

    /// <summary>Opens a section with exactly the rights that are asked for.</summary>
    [DllImport("ntdll.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int NtOpenSection(out SafeKernelHandle section, uint access, in ObjectAttributes attributes);

    /// <summary>Size and attributes of a section; needs SECTION_QUERY only.</summary>
    [DllImport("ntdll.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int NtQuerySection(
        SafeKernelHandle section, int informationClass, out SectionBasicInformation information, uint length, out uint returnLength);

    /// <summary>Basic facts about an object: how many handles to it there are. Never blocks, unlike asking for a name.</summary>
    [DllImport("ntdll.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int NtQueryObject(
        SafeKernelHandle handle, int informationClass, out ObjectBasicInformation information, uint length, out uint returnLength);

    /// <summary>Facts about the whole system; the list of processes needs no right at all.</summary>
    [DllImport("ntdll.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int NtQuerySystemInformation(int informationClass, IntPtr buffer, uint length, out uint returnLength);

    /// <summary>The Win32 error of an NTSTATUS.</summary>
    [DllImport("ntdll.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int RtlNtStatusToDosError(int status);
}
