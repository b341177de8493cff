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

    private const string GlobalPath = @"\BaseNamedObjects";
    private const int StatusNoMoreEntries = unchecked((int)0x8000_001A);
    private const int StatusBufferTooSmall = unchecked((int)0xC000_0023);
    private const int FirstLength = 4096;
    private const int LongestLength = 256 * 1024;

    private delegate int UseAttributes(in ObjectAttributes attributes);

    /// <summary>This process's session; 0 for services.</summary>
    public static int CurrentSession => Kernel32.ProcessIdToSessionId(Kernel32.GetCurrentProcessId(), out uint session) ? (int)session : 0;

    /// <summary>The directory of a scope. In session 0 both are the same one.</summary>
    public static string PathOf(NameScope scope)
    {
        int session = scope == NameScope.Global ? 0 : CurrentSession;
        return session == 0 ? GlobalPath : $@"\Sessions\{session.ToString(CultureInfo.InvariantCulture)}{GlobalPath}";
    }

    /// <summary>The objects in a directory, with their types; empty if it may not be listed.</summary>
    public static List<KeyValuePair<string, string>> List(string path)
    {
        List<KeyValuePair<string, string>> found = new();
        if (Open(path, out SafeKernelHandle directory) < 0)
        {
            directory.Dispose();
            return found;
        }

        int length = FirstLength;
        IntPtr buffer = Marshal.AllocHGlobal(length);
        try
        {
            uint context = 0;
            bool restart = true;

            // One entry a call: Wine knows no other way, and Windows does not mind.
            while (true)
            {
                int status = Ntdll.NtQueryDirectoryObject(directory, buffer, (uint)length, returnSingleEntry: true, restart, ref context, out _);
                if (status == StatusBufferTooSmall && length < LongestLength)
                {
                    length *= 2;
                    Marshal.FreeHGlobal(buffer);
                    buffer = IntPtr.Zero;
                    buffer = Marshal.AllocHGlobal(length);
                    continue;
                }

                if (status < 0 || status == StatusNoMoreEntries)
                    return found;
                restart = false;
                ObjectDirectoryInformation entry = Marshal.PtrToStructure<ObjectDirectoryInformation>(buffer);
                found.Add(new(entry.Name.ToString(), entry.TypeName.ToString()));
            }
        }
        finally
        {
            Marshal.FreeHGlobal(buffer);
            directory.Dispose();
        }
    }

    /// <summary>The kernel's word for the type of the object that bears a full name (<c>Global\NAME</c>, <c>Local\NAME</c>); null if it is not to be seen.</summary>
    public static string? FindType(string fullName)
    {
        string name = fullName.Substring(fullName.IndexOf('\\') + 1);
        NameScope scope = fullName.StartsWith(@"Global\", StringComparison.Ordinal) ? NameScope.Global : NameScope.Local;
        return List(PathOf(scope)).Find(entry => entry.Key == name).Value;
    }

    /// <summary>
    /// Opens a section with the right to ask and no other. OpenFileMapping cannot do that: its FILE_MAP_COPY has the same number
    /// and makes it ask for the right to read.
    /// </summary>
    /// <returns>0 or a Win32 error.</returns>
    public static int TryOpenToQuery(SharedName name, out SafeKernelHandle section)
    {
        SafeKernelHandle? opened = null;
        int status = WithAttributes(PathOf(name.Scope) + "\\" + name.Name, (in ObjectAttributes attributes) => Ntdll.NtOpenSection(out opened, AccessRights.SECTION_QUERY, in attributes));
        section = opened!;
        return status >= 0 ? 0 : Ntdll.RtlNtStatusToDosError(status);
    }

    private static int Open(string path, out SafeKernelHandle directory)
    {
        SafeKernelHandle? opened = null;
        int status = WithAttributes(path, (in ObjectAttributes attributes) => Ntdll.NtOpenDirectoryObject(out opened, AccessRights.DIRECTORY_QUERY, in attributes));
        directory = opened!;
        return status;
    }

    private static int WithAttributes(string path, UseAttributes use)
    {
        IntPtr text = Marshal.StringToHGlobalUni(path);
        IntPtr name = Marshal.AllocHGlobal(Marshal.SizeOf<UnicodeString>());
        try
        {
            ushort bytes = checked((ushort)(path.Length * sizeof(char)));
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
