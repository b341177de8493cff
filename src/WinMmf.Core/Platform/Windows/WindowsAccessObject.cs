using System.Collections.Generic;
using WinMmf.Security;

namespace WinMmf.Platform.Windows;

/// <summary>A section or an event, and its descriptor.</summary>
internal sealed class WindowsAccessObject : AccessObject
{
    private static readonly AccessRight[] Compared = [AccessRight.Read, AccessRight.Write];

    public WindowsAccessObject(string part, string fullName, ObjectKind kind, WindowsDescriptor? acl, string ownerId)
        : base(part, fullName, kind)
    {
        Acl = acl;
        OwnerId = acl?.Owner ?? ownerId;
    }

    /// <summary>The descriptor; null if it may not be read.</summary>
    public WindowsDescriptor? Acl { get; }

    public override string OwnerId { get; }

    public override string Owner => OwnerId.Length == 0 ? "" : WindowsAccount.NameOf(OwnerId);

    public override string Descriptor => Acl?.ToSddl() ?? "";

    public override IReadOnlyList<AccessEntry> Entries
    {
        get
        {
            List<AccessEntry> entries = new();
            foreach (WindowsAce entry in Acl?.Entries ?? [])
            {
                if (entry.IsPlain)
                    entries.Add(new AccessEntry(
                        WindowsAccount.NameOf(entry.Sid), entry.Sid, entry.IsAllowed, WindowsRights.RightOf(Kind, entry.Mask), entry.Mask));
            }

            return entries;
        }
    }

    internal override bool IsInStepWith(AccessObject main)
    {
        if (Acl is null || main is not WindowsAccessObject { Acl: WindowsDescriptor list } section)
            return true;
        foreach (WindowsAce entry in list.Entries)
        {
            WindowsSubject subject = new("", entry.Sid, null, isCaller: false, [entry.Sid], []);
            foreach (AccessRight right in Compared)
            {
                uint here = WindowsRights.For(Kind, right);

                // Where writing needs no further right, the right to read decides.
                if (here == 0 || (right == AccessRight.Write && here == WindowsRights.For(Kind, AccessRight.Read)))
                    continue;
                if (Grants(list, subject, WindowsRights.For(section.Kind, right), isEvent: false)
                    && !Grants(Acl, subject, here, WindowsRights.IsEvent(Kind)))
                    return false;
            }
        }

        return true;
    }

    private static bool Grants(WindowsDescriptor list, WindowsSubject subject, uint rights, bool isEvent) =>
        WindowsAccessCheck.FindMissing(list, subject, rights, isEvent, out _) == 0;
}
