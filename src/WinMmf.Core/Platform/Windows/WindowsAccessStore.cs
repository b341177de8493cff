using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform.Windows.Native;
using WinMmf.Security;

namespace WinMmf.Platform.Windows;

/// <summary>Access lists of kernel objects, opened by name.</summary>
internal sealed class WindowsAccessStore : IAccessStore
{
    private readonly IPrivilegeStore _privileges;

    public WindowsAccessStore(IPrivilegeStore privileges) => _privileges = privileges;

    /// <inheritdoc/>
    public IReadOnlyList<AccessObject> List(SharedName name)
    {
        List<string> suffixes = new();
        foreach (KeyValuePair<string, string> entry in WindowsObjectDirectory.List(WindowsObjectDirectory.PathOf(name.Scope)))
        {
            if (!entry.Key.StartsWith(name.Name, StringComparison.Ordinal))
                continue;
            string suffix = entry.Key.Substring(name.Name.Length);
            if ((suffix.Length == 0 || SharedName.FindReservedSuffix(suffix) == suffix) && IsOfItsType(suffix, entry.Value))
                suffixes.Add(suffix);
        }

        AddUnlisted(name, suffixes);

        // Parts without the section that bears the name are being made, or let go of.
        if (!suffixes.Contains(""))
            return [];
        suffixes.Sort(CompareSuffixes);
        bool isChannel = suffixes.Exists(AccessPart.IsOfChannel);
        List<AccessObject> objects = new();
        foreach (string suffix in suffixes)
        {
            if (AccessPart.KindOf(suffix, isChannel) is ObjectKind kind
                && Read(name, suffix, AccessPart.NameOf(suffix, isChannel), kind) is AccessObject found)
                objects.Add(found);
        }

        return objects.Count > 0 && objects[0].Part is AccessPart.Control or AccessPart.Memory ? objects : [];
    }

    /// <inheritdoc/>
    public string ResolveForChange(SharedName name, AccessObject main, string account, AccessRight? right)
    {
        string sid = WindowsAccount.ResolveSid(account);
        return right is null && sid == main.OwnerId
            ? throw new WinMmfException(WinMmfErrorId.InvalidAccess,
                $"{main.Owner} owns {name}, and an owner can always give itself every right.", name.ToFacts() with { Owner = main.Owner })
            : sid;
    }

    /// <inheritdoc/>
    public string? Plan(SharedName name, AccessObject target, AccessChange change)
    {
        WindowsAccessObject found = (WindowsAccessObject)target;
        WindowsDescriptor before = found.Acl!;
        WindowsDescriptor after;
        if (change.Policy is not null)
        {
            after = WindowsSecurityDescriptor.Describe(target.Kind, change.Policy, before.Owner)
                .WithSystem(SystemEntriesAfter(target.Kind, change.Policy, before));
        }
        else
        {
            if (before.Entries.Any(static entry => !entry.IsPlain))
                throw new WinMmfException(WinMmfErrorId.AccessListUnusable,
                    $"The access list of '{target.FullName}' has entries of a kind that WinMmf does not change.", name.ToFacts());
            after = change.Right is AccessRight right
                ? Grant(before, change.Account, WindowsRights.For(target.Kind, right))
                : Revoke(before, change.Account, name, target);
        }

        string text = after.ToSddl();
        return text == before.ToSddl() ? null : text;
    }

    /// <inheritdoc/>
    public AccessObject Preview(AccessObject target, string descriptor)
    {
        using SafeLocalMemory? binary = WindowsSecurityDescriptor.TryConvert(descriptor, out int error);
        return binary is null
            ? throw WindowsError.Unexpected($"Reading the security descriptor '{descriptor}'", error)
            : new WindowsAccessObject(target.Part, target.FullName, target.Kind, WindowsSecurityDescriptor.Parse(binary), target.OwnerId);
    }

    /// <inheritdoc/>
    public IAccessWriter OpenForChange(AccessObject target)
    {
        SafeKernelHandle handle = Open(
            target.FullName, WindowsRights.IsEvent(target.Kind), AccessRights.WRITE_DAC | AccessRights.READ_CONTROL);
        int error = Marshal.GetLastWin32Error();
        if (!handle.IsInvalid)
            return new WindowsAccessWriter(
                handle, target.FullName, access => Open(target.FullName, WindowsRights.IsEvent(target.Kind), access));
        handle.Dispose();
        if (WindowsError.IsNotFound(error))
            throw new WinMmfException(WinMmfErrorId.NotFound,
                $"'{target.FullName}' is gone: its last user let go while its access was to be changed.",
                WindowsError.FactsOf(target.FullName), error);
        if (error != Win32Error.ERROR_ACCESS_DENIED)
            throw WindowsError.Unexpected($"Opening '{target.FullName}' to change its access", error);
        throw new WinMmfException(
            WinMmfErrorId.OwnerOnly,
            $"The access of '{target.FullName}' may be changed by its owner {target.Owner} and by accounts to which it grants WRITE_DAC, "
                + $"and {WindowsError.CurrentName()} is neither. Nothing was changed.",
            WindowsError.FactsOf(target.FullName) with { Owner = target.Owner, Account = WindowsError.CurrentName(), Right = "WRITE_DAC" },
            error);
    }

    /// <inheritdoc/>
    public AccessSubject FindSubject(string? account, int? sessionId)
    {
        if (string.IsNullOrWhiteSpace(account))
            return WindowsMembership.Current(sessionId);
        string sid = WindowsAccount.ResolveSid(account!.Trim());
        return sid == WindowsAccount.CurrentUserSid() ? WindowsMembership.Current(sessionId) : WindowsMembership.Of(sid, sessionId);
    }

    /// <inheritdoc/>
    public AccessBarrier? FindBarrier(SharedName name, AccessSubject subject)
    {
        int session = WindowsObjectDirectory.CurrentSession;

        // In session 0 Local\ and Global\ are one: other sessions find such a name in Global\.
        if (name.Scope == NameScope.Global || session == 0 || subject.SessionId == session)
            return null;
        return new AccessBarrier(
            AccessReason.SessionLocal,
            $"{name} is a name of session {session} alone; in session {subject.SessionId} the same name means something else, whatever "
                + "the access list says. What all sessions see is in the Global scope, where a service, SYSTEM or an elevated "
                + "administrator creates it.",
            subject.Id);
    }

    /// <inheritdoc/>
    public AccessBarrier? FindCreationBarrier(SharedName name, AccessSubject subject)
    {
        // Only sections in Global\ need the privilege, and session 0 is where Global\ is at home.
        if (name.Scope != NameScope.Global || subject.SessionId == 0)
            return null;
        WindowsSubject account = (WindowsSubject)subject;
        bool isHeld = subject.IsCaller
            ? WindowsPrivilege.StateOf(WindowsPrivilege.CreateGlobal) is not null
            : account.IsGranted(WindowsAccount.AdministratorsSid) || account.IsGranted(WindowsMembership.ServiceSid) || IsAssigned(account);
        if (isHeld)
            return null;
        AccessReason reason = account.CanElevate ? AccessReason.NeedsElevation : AccessReason.PrivilegeMissing;
        return new AccessBarrier(
            reason,
            $"'{subject.Name}' lacks {WindowsPrivilege.CreateGlobal}, without which nothing is made in "
                + $"{name.Scope}\\{(account.CanElevate ? " unless it is elevated" : "")}. Opening needs none: what a service, SYSTEM or "
                + $"an elevated administrator creates, '{subject.Name}' may be allowed to read.",
            subject.Id);
    }

    /// <inheritdoc/>
    public bool IsOwner(AccessObject target, AccessSubject subject) =>
        target.OwnerId.Length > 0 && (target.OwnerId == subject.Id || (subject.IsCaller && WindowsAccount.IsCurrent(target.OwnerId)));

    /// <inheritdoc/>
    public string GranteeFor(AccessObject? main, AccessSubject subject) => subject.Id;

    /// <inheritdoc/>
    public bool IsElevated => WindowsAccount.IsElevated();

    /// <inheritdoc/>
    public string ResolveOwner(string account) => WindowsAccount.ResolveSid(account.Trim());

    /// <inheritdoc/>
    public string NameOfOwner(string ownerId) => WindowsAccount.NameOf(ownerId);

    /// <inheritdoc/>
    public bool IsOwnOrAdministrator(string ownerId) =>
        ownerId is WindowsAccount.SystemSid or WindowsAccount.AdministratorsSid || WindowsAccount.IsCurrent(ownerId);

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, string>> ListAccounts() => WindowsMembership.ListOwn();

    public AccessRight RightOfCrate => AccessRight.Full;

    /// <inheritdoc/>
    public AccessAnswer Ask(AccessObject target, AccessSubject subject, AccessNeed need, bool isOptional)
    {
        string wanted = WindowsRights.NameOf(need);
        if (target is not WindowsAccessObject { Acl: WindowsDescriptor list })
            return new AccessAnswer(target, wanted, AccessReason.Unknown,
                $"The access list of '{target.FullName}' may not be read from here.", null, isOptional);
        WindowsSubject account = (WindowsSubject)subject;
        uint rights = WindowsRights.ForNeed(need);
        bool isEvent = WindowsRights.IsEvent(target.Kind);
        if (WindowsLabel.FindBarred(list.Label, account.Level, rights, isEvent) != 0)
        {
            string label = list.Label is null ? "no mandatory label, which counts as medium" : "a mandatory label";
            string explanation = $"'{target.FullName}' has {label}, and {account.Name} runs below it, so that {wanted} is refused "
                + "whatever the access list says.";
            return new AccessAnswer(target, wanted, AccessReason.LabelForbids, explanation, list.Label?.Sid, isOptional);
        }

        if (WindowsAccessCheck.FindMissing(list, account, rights, isEvent, out WindowsAce? denying) == 0)
            return new AccessAnswer(target, wanted, AccessReason.Allowed, $"'{target.FullName}' grants {wanted}.", null, isOptional);
        bool isEnoughElevated = account.CanElevate && WindowsAccessCheck.FindMissing(list, account.Elevate(), rights, isEvent, out _) == 0;
        if (isEnoughElevated)
            return new AccessAnswer(target, wanted, AccessReason.NeedsElevation,
                $"'{target.FullName}' grants {wanted} to administrators, and '{subject.Name}' is one only when elevated.",
                null, isOptional);
        return denying is null
            ? new AccessAnswer(
                target, wanted, AccessReason.NotGranted, $"No entry of '{target.FullName}' grants '{subject.Name}' {wanted}.",
                null, isOptional)
            : new AccessAnswer(target, wanted, AccessReason.Denied,
                $"An entry of '{target.FullName}' denies {WindowsAccount.NameOf(denying.Sid)} {wanted}.", denying.Sid, isOptional);
    }

    /// <summary>
    /// True if the system tells that the account has the privilege beyond the defaults; an administrator has it when elevated.
    /// </summary>
    private bool IsAssigned(WindowsSubject account) =>
        !account.CanElevate && _privileges.Read(SystemPrivilege.SeCreateGlobalPrivilege, account.Id).IsHeld == true;

    /// <summary>The label stays unless the change names one; who may own a channel is not a matter of access.</summary>
    private static IReadOnlyList<WindowsAce> SystemEntriesAfter(ObjectKind kind, AccessPolicy policy, WindowsDescriptor before)
    {
        IReadOnlyList<WindowsAce> given = policy.Sddl is null ? [] : WindowsSecurityDescriptor.Read(policy.Sddl).SystemEntries;
        bool isRelabelled = kind != ObjectKind.Ownership && given.Any(static entry => entry.IsLabel);
        IReadOnlyList<WindowsAce> after = WindowsLabel.SystemEntriesFor(kind, given, WindowsLabel.Medium);
        return isRelabelled || before.Label is null ? after : [.. after.Where(static entry => !entry.IsLabel), before.Label];
    }

    private static WindowsDescriptor Grant(WindowsDescriptor before, string sid, uint rights)
    {
        if (!before.HasList || rights == 0)
            return before;
        List<WindowsAce> entries = new();
        bool isThere = false;
        foreach (WindowsAce entry in before.Entries)
        {
            bool isTheirs = entry.Sid == sid && entry.IsEffective;
            if (isTheirs && !entry.IsAllowed)
            {
                if ((entry.Mask & ~rights) != 0)
                    entries.Add(entry.With(entry.Mask & ~rights));
            }
            else if (isTheirs && !isThere)
            {
                isThere = true;
                entries.Add(entry.With(entry.Mask | rights));
            }
            else
            {
                entries.Add(entry);
            }
        }

        if (!isThere)
            entries.Add(WindowsAce.Allow(sid, rights));
        return before.With(entries);
    }

    private static WindowsDescriptor Revoke(WindowsDescriptor before, string sid, SharedName name, AccessObject target) => before.HasList
        ? before.With(before.Entries.Where(entry => entry.Sid != sid || !entry.IsAllowed).ToList())
        : throw new WinMmfException(WinMmfErrorId.AccessListUnusable,
            $"'{target.FullName}' has no access list, so every account may do everything and none can be left out.", name.ToFacts());

    /// <summary>Objects that came while the list was made and whose names are known: the list need not be a snapshot.</summary>
    private static void AddUnlisted(SharedName name, List<string> suffixes)
    {
        foreach (string suffix in new[] { "", SharedName.RegistrySuffix, SharedName.HoldersSuffix, SharedName.OwnerSuffix })
        {
            if (!suffixes.Contains(suffix) && WindowsObjectDirectory.HasSection(name.Scope, name.Name, suffix))
                suffixes.Add(suffix);
        }
    }

    private static bool IsOfItsType(string suffix, string type)
    {
        bool isEvent = suffix.StartsWith("." + AccessPart.Wake, StringComparison.Ordinal);
        return type == (isEvent ? WindowsObjectDirectory.EventType : WindowsObjectDirectory.SectionType);
    }

    private static int CompareSuffixes(string left, string right)
    {
        // wake.10 behind wake.9.
        int byLength = left.StartsWith("." + AccessPart.Wake, StringComparison.Ordinal)
            && right.StartsWith("." + AccessPart.Wake, StringComparison.Ordinal)
            ? left.Length.CompareTo(right.Length)
            : 0;
        return byLength != 0 ? byLength : string.CompareOrdinal(left, right);
    }

    private static WindowsAccessObject? Read(SharedName name, string suffix, string part, ObjectKind kind)
    {
        string fullName = WindowsObjectName.For(name, suffix);
        using SafeKernelHandle handle = Open(fullName, WindowsRights.IsEvent(kind), AccessRights.READ_CONTROL);
        int error = Marshal.GetLastWin32Error();
        if (!handle.IsInvalid)
            return new WindowsAccessObject(part, fullName, kind, WindowsObjectSecurity.Read(handle, fullName), "");
        return WindowsError.IsNotFound(error)
            ? null
            : new WindowsAccessObject(part, fullName, kind, null, "")
            {
                Error = new WinMmfException(
                    WinMmfErrorId.OwnerOnly,
                    $"The access list of '{fullName}' may not be read by {WindowsError.CurrentName()}: it grants no READ_CONTROL.",
                    name.ToFacts() with { Account = WindowsError.CurrentName(), Right = "READ_CONTROL" },
                    error),
            };
    }

    private static SafeKernelHandle Open(string fullName, bool isEvent, uint access) => isEvent
        ? Kernel32.OpenEventW(access, inherit: false, fullName)
        : Kernel32.OpenFileMappingW(access, inherit: false, fullName);
}
