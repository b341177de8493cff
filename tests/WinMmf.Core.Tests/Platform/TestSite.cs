using System;
using System.Text;
using System.Threading;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.Tests.Platform;

/// <summary>A channel as far as the platform makes it: owned, with rows and control, and nothing published.</summary>
internal sealed unsafe class TestSite : IServiced, IDisposable
{
    public const uint Epoch = 1;

    public TestSite(SharedName? name = null, AccessPolicy? policy = null)
    {
        Name = name ?? Given.NewName();
        Site = Given.Platform.Channels.Claim(Name);
        Rows = Site.OpenRows(null, policy ?? AccessPolicy.Private, Epoch);
        Control = Site.CreateControl(policy ?? AccessPolicy.Private, static _ => { }, MemoryResidency.None);
        Given.Platform.Services.Add(this);
    }

    public SharedName Name { get; }

    public ChannelSite Site { get; }

    public PublisherRows Rows { get; }

    public SharedSection Control { get; }

    /// <summary>The newest word.</summary>
    public uint* Newest => (uint*)(Control.Address + ControlLayout.Newest);

    public bool MayRest => Rows.MayRest;

    public void Tick(long now) => Rows.Tick(now);

    /// <summary>A reader's row, through a control section of its own; null if none is free.</summary>
    public ReaderRow? TryGetRow(string label = "r")
    {
        using SharedSection control = Given.Platform.Sections.TryOpen(Name, writable: false)!;
        return Given.TryGetRow(Name, control, Epoch, label);
    }

    /// <summary>A copy of a row as the publisher sees it; null if it is not in the table.</summary>
    public byte[]? Find(int number) => Find(row => row.Number == number);

    /// <summary>A copy of the first row that fits.</summary>
    public byte[]? Find(Predicate<PublisherRow> fits)
    {
        Rows.TakeIn();

        // As a publisher looks: what it sees is not unmapped meanwhile.
        Rows.BeginLook();
        Thread.MemoryBarrier();
        try
        {
            PublisherRow? row = Array.Find(Rows.Rows, fits);
            return row is null ? null : new ReadOnlySpan<byte>(row.Line, RowLayout.Size).ToArray();
        }
        finally
        {
            Rows.EndLook();
        }
    }

    public void Dispose()
    {
        Given.Platform.Services.Remove(this);
        Rows.Dispose();
        Control.Dispose();
        Site.Dispose();
    }

    public static byte Lease(byte[] row) => row[RowLayout.Lease];

    public static byte Sleeping(byte[] row) => row[RowLayout.Sleeping];

    public static ulong Claim(byte[] row) => BitConverter.ToUInt64(row, RowLayout.Claim);

    public static string Label(byte[] row) => Encoding.UTF8.GetString(row, RowLayout.Label, RowLayout.LabelBytes).TrimEnd('\0');
}
