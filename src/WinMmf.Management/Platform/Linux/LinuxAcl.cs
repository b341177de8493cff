using System;
using System.Collections.Generic;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Management.Platform.Linux;

/// <summary>The POSIX access list of a file, as the kernel keeps it: a version, then entries of 8 bytes.</summary>
internal static class LinuxAcl
{
    private const string Attribute = "system.posix_acl_access";
    private const int HeaderBytes = 4;
    private const int EntryBytes = 8;
    private const ushort User = 0x02;
    private const ushort OwnGroup = 0x04;
    private const ushort Group = 0x08;
    private const ushort Write = 0x2;

    /// <summary>The entries for named users and for groups; empty if there is no list.</summary>
    public static IReadOnlyList<LinuxAclEntry> Read(string path)
    {
        byte[] bytes = Libc.ReadAttribute(path, Attribute);
        List<LinuxAclEntry> entries = [];
        for (int at = HeaderBytes; at + EntryBytes <= bytes.Length; at += EntryBytes)
        {
            ushort tag = BitConverter.ToUInt16(bytes, at);
            if (tag is not (User or OwnGroup or Group))
                continue;
            bool mayWrite = (BitConverter.ToUInt16(bytes, at + 2) & Write) != 0;
            entries.Add(new LinuxAclEntry(tag != User, tag == OwnGroup ? null : BitConverter.ToUInt32(bytes, at + 4), mayWrite));
        }

        return entries;
    }
}
