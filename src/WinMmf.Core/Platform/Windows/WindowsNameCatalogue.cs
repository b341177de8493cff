using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.InteropServices;
using WinMmf.Memory;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Platform.Windows;

/// <summary>
/// Names found in the kernel's object directories: sections that have a registry or a list of holders beside them.
/// In session 0 (services) <c>Local\</c> and <c>Global\</c> are one directory; its names count as Global there, because
/// that is how every other session calls them, and the Local list is empty.
/// </summary>
internal sealed class WindowsNameCatalogue : INameCatalogue
{
    private const string GlobalDirectory = @"\BaseNamedObjects";
    private const string SectionType = "Section";
    private const int StatusNoMoreEntries = unchecked((int)0x8000_001A);
    private const int StatusBufferTooSmall = unchecked((int)0xC000_0023);
    private const int FirstLength = 4096;
    private const int LongestLength = 256 * 1024;

    /// <inheritdoc/>
    public IReadOnlyList<SharedName> List(NameScope scope)
    {
        string? directory = FindDirectory(scope);
        HashSet<string> sections = directory is null ? new(StringComparer.Ordinal) : ReadSections(directory);
        List<SharedName> names = new();
        foreach (string section in sections)
        {
            bool isOurs = sections.Contains(section + SharedName.RegistrySuffix) || sections.Contains(section + SharedName.HoldersSuffix);
            if (isOurs && SharedName.FindFault(section) is null)
                names.Add(new SharedName(section, scope));
        }

        names.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return names;
    }

    private static string? FindDirectory(NameScope scope)
    {
        if (scope == NameScope.Global)
            return GlobalDirectory;
        return Kernel32.ProcessIdToSessionId(Kernel32.GetCurrentProcessId(), out uint session) && session != 0
            ? $@"\Sessions\{session.ToString(CultureInfo.InvariantCulture)}{GlobalDirectory}"
            : null;
    }

    private static HashSet<string> ReadSections(string path)
    {
        HashSet<string> sections = new(StringComparer.Ordinal);
        if (Open(path, out SafeKernelHandle directory) < 0)
        {
            directory.Dispose();
            return sections;
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
                    return sections;
                restart = false;
                ObjectDirectoryInformation entry = Marshal.PtrToStructure<ObjectDirectoryInformation>(buffer);
                if (entry.TypeName.ToString() == SectionType)
                    sections.Add(entry.Name.ToString());
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
