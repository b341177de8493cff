using System;
using System.Collections.Generic;
using System.Text;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Platform.Windows;

/// <summary>Reads the registry; what is missing or forbidden is null.</summary>
internal static class WindowsRegistry
{
    private const uint KeyRead = 0x2_0019;

    // The 64-bit view also in a 32-bit process, whose own view is a copy that Settings does not write.
    private const uint View64 = 0x0100;
    private const uint Text = 1;
    private const uint Number32 = 4;
    private const uint Number64 = 11;
    private const int LongestName = 256;
    private const int LongestValue = 4096;

    /// <summary>HKEY_CURRENT_USER.</summary>
    public static readonly IntPtr CurrentUser = new(unchecked((int)0x8000_0001));

    /// <summary>HKEY_LOCAL_MACHINE.</summary>
    public static readonly IntPtr LocalMachine = new(unchecked((int)0x8000_0002));

    /// <summary>A text value.</summary>
    public static string? ReadText(IntPtr hive, string path, string name)
    {
        byte[]? data = Read(hive, path, name, Text);
        return data is null ? null : Encoding.Unicode.GetString(data).TrimEnd('\0');
    }

    /// <summary>A 32-bit number.</summary>
    public static uint? ReadNumber32(IntPtr hive, string path, string name) =>
        Read(hive, path, name, Number32) is { Length: sizeof(uint) } data ? BitConverter.ToUInt32(data, 0) : null;

    /// <summary>A 64-bit number.</summary>
    public static long? ReadNumber(IntPtr hive, string path, string name) =>
        Read(hive, path, name, Number64) is { Length: sizeof(long) } data ? BitConverter.ToInt64(data, 0) : null;

    /// <summary>The names of a key's subkeys; none if there is no such key.</summary>
    public static IReadOnlyList<string> ListKeys(IntPtr hive, string path)
    {
        List<string> names = new();
        int error = Advapi32.RegOpenKeyExW(hive, path, 0, KeyRead | View64, out SafeRegistryKey key);
        using (key)
        {
            char[] name = new char[LongestName];
            while (error == 0)
            {
                uint length = (uint)name.Length;
                error = Advapi32.RegEnumKeyExW(
                    key, (uint)names.Count, name, ref length, IntPtr.Zero, IntPtr.Zero, IntPtr.Zero, IntPtr.Zero);
                if (error == 0)
                    names.Add(new string(name, 0, (int)length));
            }
        }

        return names;
    }

    private static byte[]? Read(IntPtr hive, string path, string name, uint type)
    {
        int error = Advapi32.RegOpenKeyExW(hive, path, 0, KeyRead | View64, out SafeRegistryKey key);
        using (key)
        {
            if (error != 0)
                return null;
            byte[] data = new byte[LongestValue];
            uint length = (uint)data.Length;
            if (Advapi32.RegQueryValueExW(key, name, IntPtr.Zero, out uint found, data, ref length) != 0 || found != type)
                return null;
            Array.Resize(ref data, (int)length);
            return data;
        }
    }
}
