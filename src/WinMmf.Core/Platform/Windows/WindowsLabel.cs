using System;
using System.Collections.Generic;
using System.Globalization;
using WinMmf.Security;

namespace WinMmf.Platform.Windows;

/// <summary>
/// Mandatory labels: a level that a process must have to write to an object, whatever the access list says. A publisher that is elevated or
/// a service labels what only it writes, so that processes of the same account with a lower level cannot write it.
/// </summary>
internal static class WindowsLabel
{
    /// <summary>What counts where there is no label, and the level of programs that are not elevated.</summary>
    public const int Medium = 0x2000;

    /// <summary>The level of elevated programs.</summary>
    public const int High = 0x3000;

    /// <summary>The level of services.</summary>
    public const int System = 0x4000;

    private const string SidPrefix = "S-1-16-";
    private const uint NoWriteUp = 1;
    private const uint NoReadUp = 2;
    private const uint NoExecuteUp = 4;
    private const uint ChangeObject = 0x000D_0000;

    /// <summary>The level of a label's SID; <see cref="Medium"/> for what is none.</summary>
    public static int LevelOf(string sid) =>
        sid.StartsWith(SidPrefix, StringComparison.Ordinal)
            && int.TryParse(sid.Substring(SidPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int level)
            ? level
            : Medium;

    /// <summary>A label that keeps lower processes from writing.</summary>
    public static WindowsAce For(int level) =>
        new(WindowsAce.LabelType, 0, NoWriteUp, SidPrefix + level.ToString(CultureInfo.InvariantCulture));

    /// <summary>The level of the label that a process gives to what it alone writes; <see cref="Medium"/>: it gives none.</summary>
    public static int OwnLevel(int level) => level >= System ? System : level >= High ? High : Medium;

    /// <summary>A label's rights as SDDL has them.</summary>
    public static string RightsToText(uint mask) =>
        ((mask & NoWriteUp) != 0 ? "NW" : "") + ((mask & NoReadUp) != 0 ? "NR" : "") + ((mask & NoExecuteUp) != 0 ? "NX" : "");

    /// <summary>The label and the audit entries of an object that a process makes.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="given">What the channel's access says of it: that of control, or what <c>-Sddl</c> says.</param>
    /// <param name="level">The creator's level.</param>
    public static IReadOnlyList<WindowsAce> SystemEntriesFor(ObjectKind kind, IReadOnlyList<WindowsAce> given, int level)
    {
        List<WindowsAce> entries = new();
        WindowsAce? label = null;
        foreach (WindowsAce entry in given)
        {
            uint mask = entry.IsLabel ? 0 : WindowsRights.Translate(entry.Mask, kind);
            if (entry.IsLabel)
                label = entry;
            else if (mask != 0)
                entries.Add(entry.With(mask));
        }

        bool isPublishersOwn = kind is ObjectKind.PublisherSection or ObjectKind.Ownership or ObjectKind.ControlPipe;

        // What readers write needs no more than theirs; a label below medium opens it to programs in a sandbox, which otherwise could not
        // write it.
        if (label is not null && kind is ObjectKind.Registry or ObjectKind.WakeEvent or ObjectKind.LockWakeUp
            && LevelOf(label!.Sid) >= Medium)
            label = null;
        int own = OwnLevel(level);
        if (isPublishersOwn && own > Medium && own > LevelOf(label?.Sid ?? ""))
            label = For(own);
        if (label is not null)
            entries.Add(label);
        return entries;
    }

    /// <summary>The rights that a label keeps from a process of a level.</summary>
    public static uint FindBarred(WindowsAce? label, int level, uint desired, bool isEvent)
    {
        label ??= For(Medium);
        if (level >= LevelOf(label.Sid))
            return 0;
        uint read = WindowsRights.MapGeneric(WindowsRights.GenericRead, isEvent);
        uint write = WindowsRights.MapGeneric(WindowsRights.GenericWrite, isEvent);
        uint execute = WindowsRights.MapGeneric(WindowsRights.GenericExecute, isEvent);
        uint allowed = ((label.Mask & NoReadUp) == 0
            ? read
            : 0) | ((label.Mask & NoWriteUp) == 0 ? write | ChangeObject : 0) | ((label.Mask & NoExecuteUp) == 0 ? execute : 0);
        return desired & ~allowed;
    }
}
