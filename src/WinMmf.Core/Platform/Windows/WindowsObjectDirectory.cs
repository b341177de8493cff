using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.InteropServices;
using WinMmf.Memory;
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

    private static int Open(string path, out SafeKernelHandle directory)
    {
        IntPtr text = Marshal.StringToHGlobalUni(path);
        IntPtr name = Marshal.AllocHGlobal(Marshal.SizeOf<UnicodeString>());
        try
        {
            ushort bytes = checked((ushort)(path.Length * sizeof(char)));
            Marshal.StructureToPtr(new UnicodeString { Length = bytes, MaximumLength = bytes, Buffer = text }, name, fDeleteOld: false);
            ObjectAttributes attributes = new() { Length = (uint)Marshal.SizeOf<ObjectAttributes>(), ObjectName = name };
            return Ntdll.NtOpenDirectoryObject(out directory, AccessRights.DIRECTORY_QUERY, in attributes);
        }
        finally
        {
            Marshal.FreeHGlobal(name);
            Marshal.FreeHGlobal(text);
        }
    }
}
