using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;
using System.Threading;

namespace WinMmf.Attacker;

/// <summary>Attacks by content. The offsets are those of docs/protocol.md, sections 2, 3 and 9.</summary>
internal static class Sections
{
    private const uint Magic = 0xFF46_4D57;
    private const uint Control = 0x4C4E_4843;
    private const uint Holders = 0x5244_4C48;
    private const int ControlBytes = 8192;
    private const int HoldersBytes = 8192;

    /// <summary>A control that is whole enough to be looked at, with random numbers elsewhere, changing while it is read.</summary>
    public static int Forge(string path, string name, CancellationToken end)
    {
        Random random = new();
        byte[] control = new byte[ControlBytes];
        using FileStream file = Create(path);
        Program.Begin();
        while (!end.IsCancellationRequested)
        {
            random.NextBytes(control);
            Anchor(control, Control, ControlBytes, name);
            if (random.Next(2) == 0)
            {
                // Half of them with numbers at the edges.
                for (int at = 0x100; at < 0x180; at += 4)
                    Put(control, at, random.Next(4) switch { 0 => 0, 1 => 1, 2 => uint.MaxValue, _ => int.MaxValue });
            }

            // An even sequence: the description looks finished.
            Put(control, 0x400, (uint)random.Next() & ~1u);
            file.Position = 0;
            file.Write(control);
            file.SetLength(random.Next(8) == 0 ? random.Next(ControlBytes) : ControlBytes);
            file.Flush();
            end.WaitHandle.WaitOne(3);
        }

        File.Delete(path);
        return 0;
    }

    /// <summary>Rows that name a process of another account as the lock's owner.</summary>
    public static int ForgeHolders(string path, string name, int process, CancellationToken end)
    {
        Random random = new();
        byte[] holders = new byte[HoldersBytes];
        using FileStream file = Create(path);
        Program.Begin();
        while (!end.IsCancellationRequested)
        {
            random.NextBytes(holders);
            Anchor(holders, Holders, HoldersBytes, name);
            for (int at = 0x200; at + 64 <= HoldersBytes; at += 64)
                Put(holders, at + (random.Next(16) * 4), (uint)process);
            file.Position = 0;
            file.Write(holders);
            file.Flush();
            end.WaitHandle.WaitOne(20);
        }

        File.Delete(path);
        return 0;
    }

    private static FileStream Create(string path)
    {
        FileStream file = new(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            UnixCreateMode = (UnixFileMode)0x1A4,
        });
        return file;
    }

    private static void Anchor(byte[] section, uint kind, int size, string name)
    {
        byte[] text = Encoding.UTF8.GetBytes(name);
        Put(section, 0x00, Magic);
        Put(section, 0x04, kind);
        Put(section, 0x08, 0x0001_0000);
        Put(section, 0x0C, (uint)size);
        Put(section, 0x10, 256);
        Put(section, 0x14, 0);
        Put(section, 0x18, (uint)text.Length);
        Put(section, 0x1C, 0);
        section.AsSpan(0x20, 208).Clear();
        text.CopyTo(section, 0x20);
    }

    private static void Put(byte[] bytes, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
}
