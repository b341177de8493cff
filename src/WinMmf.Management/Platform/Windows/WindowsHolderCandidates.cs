using System;
using System.Collections.Generic;
using System.Linq;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Management.Platform.Windows;

/// <summary>
/// Which handles of the system's list may be of one section, by process. To an administrator the list usually tells each handle's object,
/// and then no process has to be opened for duplicating; where it hides that, the processes that are left are put in an order in which few
/// of them are opened. Pure, so that both lists can be played anywhere.
/// </summary>
internal sealed class WindowsHolderCandidates
{
    /// <summary>
    /// Programs of Windows and its security software that hold many sections, never WinMmf's: opening them to duplicate handles is what
    /// thieves of passwords do, and rings alarms.
    /// </summary>
    private static readonly HashSet<string> NeverOpened = new(StringComparer.OrdinalIgnoreCase)
    {
        "System", "Registry", "Memory Compression", "Secure System", "smss.exe", "csrss.exe", "wininit.exe", "winlogon.exe", "services.exe",
            "lsass.exe", "LsaIso.exe",
        "MsMpEng.exe", "MpDefenderCoreService.exe", "MsSense.exe", "SecurityHealthService.exe",
    };

    private WindowsHolderCandidates(bool isExact, IReadOnlyList<KeyValuePair<uint, List<SystemHandleInformation>>> processes)
    {
        IsExact = isExact;
        Processes = processes;
    }

    /// <summary>True if every handle is certainly one of the section; false if each is still to be compared.</summary>
    public bool IsExact { get; }

    /// <summary>Handles by process id, in the order in which to look at them. Our own handle is left out.</summary>
    public IReadOnlyList<KeyValuePair<uint, List<SystemHandleInformation>>> Processes { get; }

    /// <summary>Chooses.</summary>
    /// <param name="table">All handles of the system.</param>
    /// <param name="ownHandle">This process's handle of the section.</param>
    /// <param name="self">This process.</param>
    /// <param name="programs">Names of the programs of the processes; asked only where the objects are hidden.</param>
    public static WindowsHolderCandidates Choose(
        IReadOnlyList<SystemHandleInformation> table, IntPtr ownHandle, uint self, Func<IReadOnlyDictionary<uint, string>> programs)
    {
        int own = -1;
        for (int i = 0; i < table.Count && own < 0; i++)
        {
            if (table[i].Handle == ownHandle && IdOf(table[i]) == self)
                own = i;
        }

        if (own < 0)
            return new WindowsHolderCandidates(isExact: false, []);
        IntPtr target = table[own].Object;
        bool isExact = target != IntPtr.Zero;
        Dictionary<uint, List<SystemHandleInformation>> found = new();
        for (int i = 0; i < table.Count; i++)
        {
            SystemHandleInformation entry = table[i];
            if (i == own || (isExact ? entry.Object != target : entry.ObjectTypeIndex != table[own].ObjectTypeIndex))
                continue;
            if (!found.TryGetValue(IdOf(entry), out List<SystemHandleInformation>? handles))
                found.Add(IdOf(entry), handles = new List<SystemHandleInformation>());
            handles.Add(entry);
        }

        return new WindowsHolderCandidates(isExact, isExact ? found.ToList() : Order(found, self, programs()));
    }

    /// <summary>
    /// This process first, then those with few sections: a program that reads frames has some, a desktop or a host of services hundreds.
    /// </summary>
    private static List<KeyValuePair<uint,
        List<SystemHandleInformation>>> Order(
        Dictionary<uint, List<SystemHandleInformation>> found, uint self, IReadOnlyDictionary<uint, string> programs) =>
        found
            .Where(process => process.Key == self
                || (process.Key != 0 && !(programs.TryGetValue(process.Key, out string? program) && NeverOpened.Contains(program))))
            .OrderBy(process => process.Key != self)
            .ThenBy(static process => process.Value.Count)
            .ToList();

    private static uint IdOf(in SystemHandleInformation entry) => unchecked((uint)entry.ProcessId.ToInt64());
}
