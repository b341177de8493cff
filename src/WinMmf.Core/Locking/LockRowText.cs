using System;
using WinMmf.Layouts;
using WinMmf.Time;

namespace WinMmf.Locking;

/// <summary>What a row says to people; not trusted.</summary>
internal readonly unsafe struct LockRowText
{
    private LockRowText(uint thread, DateTime since, string account, string label)
    {
        Thread = thread;
        Since = since;
        Account = account;
        Label = label;
    }

    public uint Thread { get; }

    public DateTime Since { get; }

    public string Account { get; }

    public string Label { get; }

    public static LockRowText Read(byte* snapshot, int row)
    {
        byte* start = snapshot + HoldersLayout.Row(row);
        return new LockRowText(
            *(uint*)(start + LockRowLayout.Thread),
            MonotonicClock.ToUtc(*(long*)(start + LockRowLayout.Since)),
            SharedText.Read(start + LockRowLayout.Account, LockRowLayout.AccountBytes),
            SharedText.Read(start + LockRowLayout.Label, LockRowLayout.LabelBytes));
    }
}
