using System.Collections.Generic;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Selection;
using WinMmf.Security;

namespace WinMmf.Access;

/// <summary>Puts together what the objects of a name say to an account, and what mends a refusal.</summary>
internal sealed class AccessExaminer
{
    private readonly IAccessStore _store;
    private readonly SharedName _name;
    private readonly AccessUse _use;
    private readonly AccessSubject _subject;
    private readonly bool _isOnCrate;
    private readonly List<AccessAnswer> _answers = new();

    public AccessExaminer(IAccessStore store, SharedName name, AccessUse use, AccessSubject subject, bool isOnCrate = false)
    {
        _store = store;
        _name = name;
        _use = use;
        _subject = subject;
        _isOnCrate = isOnCrate;
    }

    public AccessVerdict Examine()
    {
        IReadOnlyList<AccessObject> objects = _store.List(_name);
        bool isChannel = objects.Count > 0 && AccessReport.KindOf(objects) == SharedMemoryKind.FrameChannel;
        bool isMemory = objects.Count > 0 && !isChannel;
        if (_store.FindBarrier(_name, _subject) is AccessBarrier barrier)
            return Refuse(barrier, isMemory);
        if (objects.Count == 0)
            return ExamineFreeName();
        if (isChannel && _isOnCrate)
        {
            return Verdict(AccessReason.WrongKind,
                $"{_name} is a frame channel, which programs on the Rust crate winmmf find uninitialised. A publisher can mirror its "
                    + "frames into a plain memory for them.",
                null);
        }

        if (isChannel)
            return _use == AccessUse.Read ? ExamineReader(objects) : ExaminePublisher(objects);
        return _use == AccessUse.Publish
            ? Verdict(AccessReason.WrongKind, $"{_name} is a plain memory, and a publisher does not take a name that something has.",
                PublishElsewhere())
            : ExamineMemory(objects);
    }

    private AccessVerdict ExamineFreeName()
    {
        string what = $"Nothing has the name {_name}.";
        string? reader = _subject.IsCaller ? null : _store.GranteeFor(null, _subject);
        if (_use == AccessUse.Read)
            return Verdict(AccessReason.NotFound, what, new AccessRemedy(AccessRemedyKind.StartPublisher, _name) { Account = reader });
        if (_use == AccessUse.Write)
        {
            AccessRemedy create = new(AccessRemedyKind.CreateMemory, _name) { Account = reader, Right = AccessRight.Write };
            return Verdict(AccessReason.NotFound, what, create);
        }

        return _store.FindCreationBarrier(_name, _subject) is AccessBarrier barrier
            ? Refuse(barrier, isMemory: false)
            : Verdict(AccessReason.Allowed, $"{what} '{_subject.Name}' may create it.", null);
    }

    private AccessVerdict ExamineReader(IReadOnlyList<AccessObject> objects)
    {
        foreach (AccessObject target in objects)
        {
            switch (target.Kind)
            {
                case ObjectKind.PublisherSection:
                    Ask(target, AccessNeed.Read, isOptional: false);
                    break;
                case ObjectKind.Registry or ObjectKind.Door:
                    Ask(target, AccessNeed.ReadWrite, isOptional: true);
                    break;
                case ObjectKind.WakeEvent:
                    Ask(target, AccessNeed.Wait, isOptional: true);
                    break;
            }
        }

        return Conclude(objects[0], AccessRight.Read, "It then reads by copying, and looks for new frames by time instead of being woken.");
    }

    private AccessVerdict ExaminePublisher(IReadOnlyList<AccessObject> objects)
    {
        AccessObject main = objects[0];
        foreach (AccessObject target in objects)
        {
            switch (target.Kind)
            {
                case ObjectKind.PublisherSection or ObjectKind.Registry:
                    Ask(target, AccessNeed.ReadWrite, isOptional: false);
                    break;
                case ObjectKind.Ownership:
                    Ask(target, AccessNeed.Own, isOptional: false);
                    break;
            }
        }

        if (!_store.IsOwner(main, _subject))
        {
            string owner = main.OwnerId.Length == 0 ? "an account that cannot be seen from here" : main.Owner;
            return Verdict(
                AccessReason.NotOwner,
                $"{_name} belongs to {owner}, and a channel is written, and taken over from a dead publisher, by its owner only.",
                PublishElsewhere());
        }

        return Conclude(main, AccessRight.Full, "");
    }

    private AccessVerdict ExamineMemory(IReadOnlyList<AccessObject> objects)
    {
        if (_isOnCrate)
        {
            // It knows one object, and asks for everything, to read as well.
            Ask(objects[0], AccessNeed.Own, isOptional: false);
            return Conclude(objects[0], _store.RightOfCrate, "");
        }

        AccessNeed need = _use == AccessUse.Read ? AccessNeed.Read : AccessNeed.ReadWrite;
        foreach (AccessObject target in objects)
        {
            // Who only reads has nothing to do with the locks.
            bool concerns = target.Kind == ObjectKind.Locks ? need == AccessNeed.ReadWrite : target.Kind != ObjectKind.Ownership;
            if (concerns)
                Ask(target, need, isOptional: target.Part is AccessPart.Holders or AccessPart.Locks);
        }

        return Conclude(objects[0], _use == AccessUse.Read ? AccessRight.Read : AccessRight.Write,
            "Who has the lock, and who made the memory, is then not seen.");
    }

    private void Ask(AccessObject target, AccessNeed need, bool isOptional) => _answers.Add(_store.Ask(target, _subject, need, isOptional));

    private AccessVerdict Conclude(AccessObject main, AccessRight right, string withoutOptional)
    {
        AccessAnswer? missed = null;
        int missing = 0;
        foreach (AccessAnswer answer in _answers)
        {
            if (answer.Reason == AccessReason.Allowed)
                continue;
            if (!answer.IsOptional)
                return Verdict(answer.Reason, answer.Explanation, RemedyFor(main, answer, right));
            missed ??= answer;
            missing++;
        }

        if (missed is null)
            return Verdict(AccessReason.Allowed, $"'{_subject.Name}' may {_use.ToString().ToLowerInvariant()} {_name}.", null);
        string others = missing > 1 ? $" (and {missing - 1} more)" : "";
        string message = $"'{_subject.Name}' may {_use.ToString().ToLowerInvariant()} {_name}, but not all of it{others}: "
            + $"{missed.Explanation} {withoutOptional}";
        return Verdict(AccessReason.Allowed, message.TrimEnd(), RemedyFor(main, missed, right));
    }

    private AccessRemedy RemedyFor(AccessObject main, AccessAnswer answer, AccessRight right)
    {
        // No grant mends that: the label is above the list.
        if (answer.Reason == AccessReason.LabelForbids)
            return new AccessRemedy(AccessRemedyKind.Relabel, _name);
        string grantee = _store.GranteeFor(main, _subject);

        // A grant takes entries away that deny the account itself, but not those that deny a group of which it is a member.
        return answer.DecidedBy is string denied && denied != grantee
            ? new AccessRemedy(AccessRemedyKind.Replace, _name) { Account = grantee, Right = right }
            : new AccessRemedy(AccessRemedyKind.Grant, _name) { Account = grantee, Right = right };
    }

    private AccessVerdict Refuse(AccessBarrier barrier, bool isMemory)
    {
        AccessRemedy remedy = new(
            isMemory ? AccessRemedyKind.CreateMemory : AccessRemedyKind.StartPublisher, new SharedName(_name.Name, NameScope.Global))
        {
            Account = barrier.Grantee,
            Right = isMemory && _use == AccessUse.Write ? AccessRight.Write : AccessRight.Read,
            Size = isMemory ? MemoryOrigin.TryRead(PlatformServices.Current, _name)?.DataSize : null,
        };
        return Verdict(barrier.Reason, barrier.Message, remedy);
    }

    private AccessRemedy PublishElsewhere()
    {
        string other = SharedName.FindFault(_name.Name + "-2") is null ? _name.Name + "-2" : "camera-2";
        return new AccessRemedy(AccessRemedyKind.StartPublisher, new SharedName(other, _name.Scope));
    }

    private AccessVerdict Verdict(AccessReason reason, string message, AccessRemedy? remedy) =>
        new(_name, _use, _subject, reason, message, remedy, _answers);
}
