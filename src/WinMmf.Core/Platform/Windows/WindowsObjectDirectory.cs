using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.InteropServices;
using WinMmf.Names;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Platform.Windows;

/// <summary>The kernel's directories of named objects, of which there is one a session and one for the machine.</summary>
internal static class WindowsObjectDirectory
{
    /// <summary>What the kernel calls a section.</summary>
    public const string SectionType = "Section";

    /// <summary>What the kernel calls an event.</summary>
    public const string EventType = "Event";

    /// <summary>The directory of the sessions' directories.</summary>
    public const string Sessions = @"\Sessions";

    private const string GlobalPath = @"\BaseNamedObjects";
    private const int StatusAccessDenied = unchecked((int)0xC000_0022);
    private const int StatusNameTooLong = unchecked((int)0xC000_0106);
    private const int LongestPath = ushort.MaxValue / sizeof(char);

    private delegate int UseAttributes(in ObjectAttributes attributes);

    /// <summary>This process's session; 0 for services.</summary>
    public static int CurrentSession => Kernel32.ProcessIdToSessionId(Kernel32.GetCurrentProcessId(), out uint session) ? (int)session : 0;

    /// <summary>The directory of the Local scope of a session other than 0.</summary>
    public static string PathOf(uint session) => $@"{Sessions}\{session.ToString(CultureInfo.InvariantCulture)}{GlobalPath}";

    /// <summary>The directory of a scope. In session 0 both are the same one.</summary>
    public static string PathOf(NameScope scope)
    {
        int session = scope == NameScope.Global ? 0 : CurrentSession;
        return session == 0 ? GlobalPath : PathOf((uint)session);
    }

    /// <summary>The objects in a directory, with their types; empty if it may not be listed.</summary>
    public static Dictionary<string, string> List(string path)
    {
        int opened = Open(path, out SafeKernelHandle directory);
        using (directory)
        {
            return opened < 0
                ? new Dictionary<string, string>(StringComparer.Ordinal)
                : WindowsDirectoryReader.Read((IntPtr buffer, uint length, bool single, bool restart, ref uint context) =>
                    Ntdll.NtQueryDirectoryObject(directory, buffer, length, single, restart, ref context, out _));
        }
    }

    /// <summary>
    /// The kernel's name of the type of the object with a full name (<c>Global\NAME</c>, <c>Local\NAME</c>, <c>Session\N\NAME</c>);
    /// null if that is unknown.
    /// </summary>
    public static string? FindType(string fullName)
    {
        string[] parts = fullName.Split('\\');
        string directory = parts[0] switch
        {
            "Global" => PathOf(NameScope.Global),
            "Session" => PathOf(uint.Parse(parts[1], CultureInfo.InvariantCulture)),
            _ => PathOf(NameScope.Local),
        };
        return List(directory).TryGetValue(parts[parts.Length - 1], out string? type) ? type : null;
    }

    /// <summary>
    /// Opens a section with the right to ask and no other. OpenFileMapping cannot do that: its FILE_MAP_COPY has the same number and makes
    /// it request the right to read.
    /// </summary>
    /// <returns>0 or a Win32 error.</returns>
    public static int TryOpenToQuery(SharedName name, out SafeKernelHandle section)
    {
        int status = OpenSection(name.Scope, name.Name, out section);
        return status >= 0 ? 0 : Ntdll.RtlNtStatusToDosError(status);
    }

    /// <summary>True if a section has the name with a suffix now, whether or not it may be opened.</summary>
    public static bool HasSection(NameScope scope, string name, string suffix)
    {
        int status = OpenSection(scope, name + suffix, out SafeKernelHandle section);
        section.Dispose();
        return status >= 0 || status == StatusAccessDenied;
    }

    private static int OpenSection(NameScope scope, string name, out SafeKernelHandle section)
    {
        SafeKernelHandle? opened = null;
        int status = WithAttributes($@"{PathOf(scope)}\{name}",
            (in ObjectAttributes attributes) => Ntdll.NtOpenSection(out opened, AccessRights.SECTION_QUERY, in attributes));
        section = opened ?? new SafeKernelHandle();
        return status;
    }

    private static int Open(string path, out SafeKernelHandle directory)
    {
        SafeKernelHandle? opened = null;
        int status = WithAttributes(
            path, (in ObjectAttributes attributes) => Ntdll.NtOpenDirectoryObject(out opened, AccessRights.DIRECTORY_QUERY, in attributes));
        directory = opened ?? new SafeKernelHandle();
        return status;
    }

    private static int WithAttributes(string path, UseAttributes use)
    {
        // Other programs choose names, and with a suffix a name may be too long for the kernel.
        if (path.Length > LongestPath)
            return StatusNameTooLong;
        IntPtr text = Marshal.StringToHGlobalUni(path);
        IntPtr name = Marshal.AllocHGlobal(Marshal.SizeOf<UnicodeString>());
        try
        {
            ushort bytes = (ushort)(path.Length * sizeof(char));
            Marshal.StructureToPtr(new UnicodeString { Length = bytes, MaximumLength = bytes, Buffer = text }, name, fDeleteOld: false);
            ObjectAttributes attributes = new() { Length = (uint)Marshal.SizeOf<ObjectAttributes>(), ObjectName = name };
            return use(in attributes);
        }
        finally
        {
            Marshal.FreeHGlobal(name);
            Marshal.FreeHGlobal(text);
        }
    }
}
