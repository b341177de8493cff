using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

/// <summary>Users and groups.</summary>
internal static partial class Libc
{
    /// <summary>The user in whose name this process acts.</summary>
    [DllImport(Library, EntryPoint = "geteuid")]
    public static extern uint GetEffectiveUserId();

    private const int PasswdBytes = 64;
    private const int MostAccountBytes = 1 << 20;

    /// <summary>A user's name, or null if the system does not know it.</summary>
    public static unsafe string? FindUserName(uint userId)
    {
        // struct passwd begins with the pointer to the name.
        byte** record = stackalloc byte*[PasswdBytes / sizeof(byte*)];
        for (int size = 1024; size <= MostAccountBytes; size *= 4)
        {
            byte[] texts = new byte[size];
            fixed (byte* buffer = texts)
            {
                int error = GetpwuidNative(userId, record, buffer, (UIntPtr)(uint)size, out IntPtr found);
                if (error is Errno.ERANGE or Errno.EINTR)
                    continue;
                return error == 0 && found != IntPtr.Zero ? Text(record[0]) : null;
            }
        }

        return null;
    }

    [DllImport(Library, EntryPoint = "getpwuid_r")]
    private static extern unsafe int GetpwuidNative(uint userId, byte** record, byte* buffer, UIntPtr size, out IntPtr found);

    /// <summary>A user's number and its own group; false if the system does not know it.</summary>
    public static unsafe bool TryFindUser(string name, out uint userId, out uint groupId)
    {
        userId = groupId = 0;
        byte[] text = Text(name);

        // struct passwd begins: pointer to the name, pointer to the password, user, group.
        byte** record = stackalloc byte*[PasswdBytes / sizeof(byte*)];
        for (int size = 1024; size <= MostAccountBytes; size *= 4)
        {
            byte[] texts = new byte[size];
            fixed (byte* buffer = texts)
            {
                int error = GetpwnamNative(text, record, buffer, (UIntPtr)(uint)size, out IntPtr found);
                if (error is Errno.ERANGE or Errno.EINTR)
                    continue;
                if (error != 0 || found == IntPtr.Zero)
                    return false;
                uint* numbers = (uint*)(record + 2);
                userId = numbers[0];
                groupId = numbers[1];
                return true;
            }
        }

        return false;
    }

    [DllImport(Library, EntryPoint = "getpwnam_r")]
    private static extern unsafe int GetpwnamNative(byte[] name, byte** record, byte* buffer, UIntPtr size, out IntPtr found);

    /// <summary>A group's name, or null if the system does not know it.</summary>
    public static unsafe string? FindGroupName(uint groupId)
    {
        // struct group begins with the pointer to the name.
        byte** record = stackalloc byte*[GroupBytes / sizeof(byte*)];
        for (int size = 1024; size <= MostAccountBytes; size *= 4)
        {
            byte[] texts = new byte[size];
            fixed (byte* buffer = texts)
            {
                int error = GetgrgidNative(groupId, record, buffer, (UIntPtr)(uint)size, out IntPtr found);
                if (error is Errno.ERANGE or Errno.EINTR)
                    continue;
                return error == 0 && found != IntPtr.Zero ? Text(record[0]) : null;
            }
        }

        return null;
    }

    [DllImport(Library, EntryPoint = "getgrgid_r")]
    private static extern unsafe int GetgrgidNative(uint groupId, byte** record, byte* buffer, UIntPtr size, out IntPtr found);

    private const int GroupBytes = 32;

    /// <summary>A group's id, or null if the system does not know it.</summary>
    public static unsafe uint? FindGroupId(string name)
    {
        byte[] text = Text(name);
        // struct group begins: pointer to the name, pointer to the password, id.
        byte** record = stackalloc byte*[GroupBytes / sizeof(byte*)];
        for (int size = 1024; size <= MostAccountBytes; size *= 4)
        {
            byte[] texts = new byte[size];
            fixed (byte* buffer = texts)
            {
                int error = GetgrnamNative(text, record, buffer, (UIntPtr)(uint)size, out IntPtr found);
                if (error is Errno.ERANGE or Errno.EINTR)
                    continue;
                return error == 0 && found != IntPtr.Zero ? *(uint*)(record + 2) : null;
            }
        }

        return null;
    }

    [DllImport(Library, EntryPoint = "getgrnam_r")]
    private static extern unsafe int GetgrnamNative(byte[] name, byte** record, byte* buffer, UIntPtr size, out IntPtr found);

    private const int MostGroups = 65_536;

    /// <summary>All groups of a user, its own included.</summary>
    public static unsafe uint[] FindGroupsOf(string user, uint primaryGroup)
    {
        byte[] name = Text(user);
        for (int room = 64; room <= MostGroups; room *= 4)
        {
            uint[] groups = new uint[room];
            int count = room;
            fixed (uint* first = groups)
            {
                if (GetgrouplistNative(name, primaryGroup, first, ref count) < 0)
                    continue;
            }

            Array.Resize(ref groups, count);
            return groups;
        }

        return [primaryGroup];
    }

    [DllImport(Library, EntryPoint = "getgrouplist")]
    private static extern unsafe int GetgrouplistNative(byte[] user, uint group, uint* groups, ref int count);
}
