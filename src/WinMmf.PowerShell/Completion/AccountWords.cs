using System.Collections.Generic;

namespace WinMmf.PowerShell.Completion;

/// <summary>The words for accounts that mean the same in every language of the system.</summary>
internal static class AccountWords
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["Users"] = "All signed-in users of this machine (on Linux: everyone)",
        ["Everyone"] = "Every account, guests included",
        ["Interactive"] = "Users at the machine's own screen or in a remote desktop",
        ["Administrators"] = "Administrators (on Linux: root)",
        ["System"] = "The operating system's own account",
    };
}
