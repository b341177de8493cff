using System;
using System.Collections.Generic;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform.Linux.Native;
using WinMmf.Security;

namespace WinMmf.Platform.Linux;

/// <summary>Modes and groups of the files: one owner, one group, all others.</summary>
internal sealed class LinuxAccessStore : IAccessStore
{
    private const int GroupShift = 3;
    private const int AllBits = 7;
    private readonly LinuxDirectory _files;
    private readonly LinuxLifetime _lifetime;

    public LinuxAccessStore(LinuxDirectory files, LinuxLifetime lifetime)
    {
        _files = files;
        _lifetime = lifetime;
    }

    public IReadOnlyList<AccessObject> List(SharedName name)
    {
        // A file that no process holds counts as absent, as everywhere.
        if (_lifetime.Inspect(name, out FileStatus status) is not (LinuxFileState.Held or LinuxFileState.Unreadable)
            || !status.IsRegularFile)
            return [];
        string path = _files.PathOf(name);
        SectionAnchor anchor = default;
        bool isChannel = LinuxFile.TryOpen(path, writable: false, out LinuxFile? file) == 0 && file!.TryReadAnchor(out anchor)
            && anchor.Kind == SectionKind.Control;
        file?.Dispose();
        string part = isChannel ? AccessPart.Control : AccessPart.Memory;
        ObjectKind kind = isChannel ? ObjectKind.PublisherSection : ObjectKind.LockedMemory;
        List<AccessObject> objects = [new LinuxAccessObject(part, path, kind, in status)];
        if (!isChannel)
        {
            using LinuxFile? companion = LinuxCompanion.TryOpen(_files, name, in status, writable: false, out anchor);
            if (companion is null)
                return objects;
            FileStatus its = companion.GetStatus();
            objects.Add(new LinuxAccessObject(AccessPart.Holders, companion.Path, ObjectKind.LockedMemory, in its));
        }

        using LinuxFolder? folder = LinuxFolder.TryOpen(_files, anchor.Tie, status.UserId);
        if (folder is not null)
            AddParts(folder, isChannel, path, objects);
        return objects;
    }

    public string ResolveForChange(SharedName name, AccessObject main, string account, AccessRight? right)
    {
        if (right == AccessRight.Full)
        {
            throw new WinMmfException(
                WinMmfErrorId.InvalidAccess,
                "On Linux only the owner of a file and root have every right; others can have Read, and for a plain memory Write.",
                name.ToFacts());
        }

        if (right == AccessRight.Write && main.Kind == ObjectKind.PublisherSection)
        {
            throw new WinMmfException(
                WinMmfErrorId.InvalidAccess,
                $"{name} is a frame channel, and only its publisher writes it; readers refuse a channel that others can write. Grant Read, "
                    + "which is all that a reader needs.",
                name.ToFacts());
        }

        if (right is not null && name.Scope == NameScope.Local)
        {
            throw new WinMmfException(
                WinMmfErrorId.LocalIsPrivate,
                $"{name} belongs to {LinuxError.DescribeUser(((LinuxAccessObject)main).UserId)} alone: on Linux other accounts do not "
                    + "look a Local name up.",
                name.ToFacts());
        }

        if (LinuxAccounts.IsEverybody(account))
            return LinuxAccounts.Everyone;
        if (LinuxAccounts.IsRoot(account))
            return "0";
        if (LinuxAccounts.FindGroup(account) is uint group)
            return LinuxAccounts.IdOfGroup(group);
        LinuxSubject subject = LinuxAccounts.Find(account);
        bool hasAll = subject.IsRoot || subject.Id == main.OwnerId;
        if (hasAll && right is not null)
            return subject.Id;
        throw new WinMmfException(
            WinMmfErrorId.InvalidAccess,
            hasAll
                ? $"'{subject.Name}' owns {name} or is root, and so has every right, which cannot be taken away."
                : "A file on Linux gives rights to its owner, to one group and to all accounts, and not to the user "
                    + $"'{subject.Name}' alone.",
            name.ToFacts() with { Account = hasAll ? null : GranteeFor(main, subject) });
    }

    public string? Plan(SharedName name, AccessObject target, AccessChange change)
    {
        LinuxAccessObject file = (LinuxAccessObject)target;
        string after;
        if (change.Policy is not null)
        {
            LinuxFileMode mode = LinuxFileMode.From(change.Policy, target.Kind, name.Scope);
            after = LinuxAccessObject.Describe(mode.Permissions, mode.GroupId ?? file.GroupId);
        }
        else
        {
            after = change.Right is AccessRight right
                ? Grant(file, change.Account, LinuxAccessObject.BitsFor(target.Kind, right))
                : Revoke(file, change.Account);
        }

        return after == target.Descriptor ? null : after;
    }

    public AccessObject Preview(AccessObject target, string descriptor) => new LinuxAccessObject((LinuxAccessObject)target, descriptor);

    public IAccessWriter OpenForChange(AccessObject target)
    {
        LinuxAccessObject file = (LinuxAccessObject)target;
        uint caller = Libc.GetEffectiveUserId();
        if (caller != 0 && caller != file.UserId)
        {
            string owner = LinuxError.DescribeUser(file.UserId), account = LinuxError.DescribeUser(caller);
            throw new WinMmfException(
                WinMmfErrorId.OwnerOnly,
                $"The mode of {target.FullName} ({target.Descriptor}) may be changed by its owner {owner} and by root only; you are "
                    + $"{account}. Nothing was changed.",
                new ErrorFacts { Path = target.FullName, Owner = owner, Account = account },
                Errno.EPERM);
        }

        if (target.Kind == ObjectKind.Door)
            return new LinuxSocketAccessWriter(file.FullName, file.GroupId);
        int error = LinuxFile.TryOpen(target.FullName, writable: false, out LinuxFile? opened);
        if (opened is null)
        {
            throw error == Errno.ENOENT
                ? new WinMmfException(
                    WinMmfErrorId.NotFound,
                    $"{target.FullName} is gone: its last user closed it while its access was to be changed.",
                    new ErrorFacts { Path = target.FullName },
                    error)
                : LinuxError.System($"Opening {target.FullName} to change its access", error);
        }

        return new LinuxAccessWriter(opened);
    }

    public AccessSubject FindSubject(string? account, int? sessionId) =>
        string.IsNullOrWhiteSpace(account) ? LinuxAccounts.Current() : LinuxAccounts.Find(account!.Trim());

    public AccessBarrier? FindBarrier(SharedName name, AccessSubject subject)
    {
        uint caller = Libc.GetEffectiveUserId();
        if (name.Scope == NameScope.Global || ((LinuxSubject)subject).UserId == caller)
            return null;
        return new AccessBarrier(
            AccessReason.OtherUsersName,
            $"{name} is a name of {LinuxError.DescribeUser(caller)} alone ({_files.PathOf(name)}); '{subject.Name}' would look for "
                + $"another file, whatever this one's mode is. Make it in the Global scope, and let '{subject.Name}' read it.",
            Grantee(null, (LinuxSubject)subject));
    }

    public AccessBarrier? FindCreationBarrier(SharedName name, AccessSubject subject) => null;

    public bool IsOwner(AccessObject target, AccessSubject subject) => ((LinuxAccessObject)target).UserId == ((LinuxSubject)subject).UserId;

    public string GranteeFor(AccessObject? main, AccessSubject subject) => Grantee((LinuxAccessObject?)main, (LinuxSubject)subject);

    public bool IsElevated => Libc.GetEffectiveUserId() == 0;

    public string ResolveOwner(string account) => LinuxAccounts.ResolveOwner(account.Trim());

    public string NameOfOwner(string ownerId) =>
        LinuxAccounts.TryNumber(ownerId, out uint user) ? Libc.FindUserName(user) ?? ownerId : ownerId;

    public bool IsOwnOrAdministrator(string ownerId) =>
        LinuxAccounts.TryNumber(ownerId, out uint user) && (user == 0 || LinuxUsers.IsCaller(user));

    public IEnumerable<KeyValuePair<string, string>> ListAccounts() => LinuxAccounts.ListGroups();

    public AccessRight RightOfCrate => AccessRight.Write;

    public AccessAnswer Ask(AccessObject target, AccessSubject subject, AccessNeed need, bool isOptional)
    {
        LinuxAccessObject file = (LinuxAccessObject)target;
        LinuxSubject account = (LinuxSubject)subject;
        int wanted = need == AccessNeed.Read ? 4 : 6;
        string right = need == AccessNeed.Read ? "read" : "read and write";
        if (account.IsRoot)
            return new AccessAnswer(target, right, AccessReason.Allowed, $"root may {right} {target.FullName}.", null, isOptional);
        (string who, int has) = account.UserId == file.UserId ? ("its owner", (file.Permissions >> (2 * GroupShift)) & AllBits)
            : account.IsIn(file.GroupId) ? ($"members of the group {LinuxAccounts.NameOfGroup(file.GroupId)}", file.GroupBits)
            : ("others", file.OtherBits);
        bool isAllowed = (has & wanted) == wanted;
        string explanation = $"{target.FullName} ({target.Descriptor}, of {LinuxError.DescribeUser(file.UserId)}) gives {who}, and so "
            + $"'{subject.Name}', {(isAllowed ? "the" : "no")} right to {right} it.";
        return new AccessAnswer(target, right, isAllowed ? AccessReason.Allowed : AccessReason.NotGranted, explanation, null, isOptional);
    }

    private static void AddParts(LinuxFolder folder, bool isChannel, string control, List<AccessObject> objects)
    {
        // Others may pass through the folder and not list it; what a channel has they know from control.
        List<string> names = folder.List();
        if (names.Count == 0)
            names = isChannel ? PartsFrom(control) : [LinuxFolder.LocksFile];
        names.Sort(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (AccessPart.KindOfPart(name) is ObjectKind kind && folder.GetStatus(name, out FileStatus status) == 0 && !status.IsDirectory)
                objects.Add(new LinuxAccessObject(name.Replace('.', ' '), folder.PathOf(name), kind, in status));
        }
    }

    private static unsafe List<string> PartsFrom(string control)
    {
        if (LinuxFile.TryOpen(control, writable: false, out LinuxFile? file) != 0 || file is null)
            return [];
        using (file)
        {
            uint epoch;
            uint generation;
            file.Read((byte*)&epoch, sizeof(uint), ControlLayout.Epoch);
            file.Read((byte*)&generation, sizeof(uint), ControlLayout.PixelsGeneration);
            return [LinuxFolder.Door(epoch), LinuxFolder.Pixels(generation)];
        }
    }

    private static string Grant(LinuxAccessObject file, string account, int bits)
    {
        if (bits == 0 || account == "0" || account == file.OwnerId)
            return file.Descriptor;
        if (account == LinuxAccounts.Everyone)
            return LinuxAccessObject.Describe(file.Permissions | bits | (bits << GroupShift), file.GroupId);
        uint group = LinuxAccounts.FindGroup(account)!.Value;
        if (file.HasGroup && file.GroupId != group)
        {
            throw new WinMmfException(
                WinMmfErrorId.GroupTaken,
                $"{file.FullName} is shared with {LinuxAccounts.IdOfGroup(file.GroupId)} already, and a file on Linux has one group.",
                new ErrorFacts { Path = file.FullName, Account = LinuxAccounts.IdOfGroup(file.GroupId) });
        }

        return LinuxAccessObject.Describe(file.Permissions | (bits << GroupShift), group);
    }

    private static string Revoke(LinuxAccessObject file, string account)
    {
        int groupBits = file.GroupBits;
        int otherBits = file.OtherBits;
        if (account == LinuxAccounts.Everyone)
        {
            groupBits = file.HasGroup ? groupBits : 0;
            otherBits = 0;
        }
        else if (file.HasGroup && LinuxAccounts.FindGroup(account) == file.GroupId)
        {
            // Otherwise members would have fewer rights than all other accounts.
            groupBits = otherBits;
        }

        int owner = file.Permissions & ~(AllBits | (AllBits << GroupShift));
        return LinuxAccessObject.Describe(owner | (groupBits << GroupShift) | otherBits, file.GroupId);
    }

    private static string Grantee(LinuxAccessObject? main, LinuxSubject subject)
    {
        if (main is { HasGroup: true } && subject.IsIn(main.GroupId))
            return LinuxAccounts.IdOfGroup(main.GroupId);
        bool isFree = main is null || !main.HasGroup;
        return isFree && subject.PrimaryGroup is uint group ? LinuxAccounts.IdOfGroup(group) : LinuxAccounts.Everyone;
    }
}
