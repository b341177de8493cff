using System;
using System.Text;
using WinMmf.Layouts;
using WinMmf.Platform;

namespace WinMmf.Tests.Platform;

/// <summary>A registry's bytes as its snapshot gives them.</summary>
internal sealed unsafe class RegistryView
{
    private readonly byte[] _bytes = new byte[RegistryLayout.Size];

    public RegistryView(ReaderRegistry registry)
    {
        Array.Fill(_bytes, (byte)0xEE);
        fixed (byte* bytes = _bytes)
            registry.Snapshot(bytes);
    }

    public byte[] Bytes => _bytes;

    public uint Magic => BitConverter.ToUInt32(_bytes, RegistryLayout.MagicOffset);

    public ulong Claim(int row) => BitConverter.ToUInt64(_bytes, RegistryLayout.Row(row) + RegistryLayout.Claim);

    public ulong StartTime(int row) => BitConverter.ToUInt64(_bytes, RegistryLayout.Row(row) + RegistryLayout.StartTime);

    public ulong Host(int row) => BitConverter.ToUInt64(_bytes, RegistryLayout.Row(row) + RegistryLayout.Host);

    public long ClaimedAt(int row) => BitConverter.ToInt64(_bytes, RegistryLayout.Row(row) + RegistryLayout.ClaimedAt);

    public byte Lease(int row) => _bytes[RegistryLayout.Row(row) + RegistryLayout.Lease];

    public byte Waiting(int row) => _bytes[RegistryLayout.Row(row) + RegistryLayout.Waiting];

    public string Label(int row) =>
        Encoding.UTF8.GetString(_bytes, RegistryLayout.Row(row) + RegistryLayout.Label, RegistryLayout.LabelBytes).TrimEnd('\0');
}
