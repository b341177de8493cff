using System;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Locking;
using WinMmf.Names;
using WinMmf.Processes;
using WinMmf.Security;
using WinMmf.Time;

namespace WinMmf.Platform.Windows;

/// <summary>
/// A new companion for a memory that has none (protocol 8.9): another program made it, or the last WinMmf program that had it open ended
/// while another program kept the memory. The kernel keeps a companion as long as one client with a row has it open, so none of those whose
/// marks are in the word is alive; the new companion says that by a dead row for each.
/// </summary>
internal sealed unsafe class WindowsAdoption
{
    private readonly WindowsSectionStore _sections;

    public WindowsAdoption(WindowsSectionStore sections) => _sections = sections;

    /// <summary>Makes the companion; null if there is one, or if this account may not. The caller has the name's ownership.</summary>
    public SharedSection? TryMake(SharedName name, SharedSection memory)
    {
        try
        {
            return _sections.Create(
                name, SharedName.HoldersSuffix, HoldersLayout.Size, ObjectKind.LockedMemory, PolicyOf(memory),
                made => Fill(name, memory, made));
        }
        catch (WinMmfException)
        {
            // Without a companion the memory is locked by the word alone.
            return null;
        }
    }

    /// <summary>Who may open the memory may open its companion.</summary>
    private static AccessPolicy PolicyOf(SharedSection memory)
    {
        try
        {
            return memory.ReadPolicy() ?? AccessPolicy.Private;
        }
        catch (WinMmfException)
        {
            return AccessPolicy.Private;
        }
    }

    private static void Fill(SharedName name, SharedSection memory, SharedSection companion)
    {
        byte* h = companion.Address;
        *(uint*)(h + HoldersLayout.RowsOffset) = HoldersLayout.RowCount;
        LockWord word = new(Volatile.Read(ref *(uint*)memory.Address));
        if (word.Fault is null)
        {
            for (int row = 1; row <= word.MarkedReaders; row++)
                WriteDead(h + HoldersLayout.Row(row), LockMode.Read);
            if (word.IsOwnWriter)
                WriteDead(h + HoldersLayout.Row(1), LockMode.Write);
        }

        // The anchor last: before it no client takes this for the memory's companion, and so none can add to the marks just counted.
        SectionAnchor.Write(h, SectionKind.Holders, HoldersLayout.Size, name, FolderTie.None);
    }

    private static void WriteDead(byte* row, LockMode mode)
    {
        *(ulong*)(row + LockRowLayout.Claim) = ProcessIdentity.Lost.Claim;
        *(uint*)(row + LockRowLayout.State) = (uint)LockRowState.Held;
        *(uint*)(row + LockRowLayout.Mode) = (uint)mode;
        *(ulong*)(row + LockRowLayout.Token) = 1;
        *(ulong*)(row + LockRowLayout.StartTime) = ProcessIdentity.Lost.StartTime;
        *(long*)(row + LockRowLayout.Ticket) = MonotonicClock.Now;
        *(long*)(row + LockRowLayout.Since) = MonotonicClock.UnixNow;
    }
}
