using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
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
