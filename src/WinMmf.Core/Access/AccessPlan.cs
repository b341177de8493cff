using System;
using System.Collections.Generic;
using System.Linq;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Security;

namespace WinMmf.Access;

/// <summary>A change of access that was thought through but not made yet.</summary>
internal sealed class AccessPlan
{
    // A publisher may make new objects while the old ones are being changed: a larger pixels section, a memory's companion.
    private const int Rounds = 4;

    private readonly IAccessStore _store;
    private readonly AccessChange _change;

    private AccessPlan(IAccessStore store, SharedName name, AccessChange change, IReadOnlyList<AccessChangeStep> steps, AccessObject main)
    {
        Changes = [];
        foreach (AccessChangeStep step in steps)
        {
            if (step.Target == main)
                Changes = AccessRightChange.Between(main.Entries, store.Preview(main, step.After).Entries);
        }

        _store = store;
        _change = change;
        Name = name;
        Steps = steps;
    }

    /// <summary>Name and scope.</summary>
    public SharedName Name { get; }

    /// <summary>What is done, object by object; empty if all are as they shall be.</summary>
    public IReadOnlyList<AccessChangeStep> Steps { get; }

    /// <summary>What it means, account by account; empty if only other objects than the section with the plain name change.</summary>
    public IReadOnlyList<AccessRightChange> Changes { get; }

    /// <summary>Makes the plan. Changes nothing.</summary>
    /// <exception cref="WinMmfException">
    /// NotFound, UnknownAccount, InvalidArgument, NotSupported; AccessDenied if an object's access may not even be read.
    /// </exception>
    internal static AccessPlan Make(IAccessStore store, SharedName name, Func<AccessObject, AccessChange> change)
    {
        IReadOnlyList<AccessObject> objects = store.List(name);
        if (objects.Count == 0)
            throw new WinMmfException(WinMmfErrorId.NotFound, $"{name} does not exist, so it has no access to change.", name.ToFacts());
        AccessChange made = change(objects[0]);
        return new AccessPlan(store, name, made, StepsFor(store, name, objects, made), objects[0]);
    }

    /// <summary>
    /// Makes the change: on all objects or on none. All are opened before the first is changed; if one fails all the same, those
    /// before it get back what they had.
    /// </summary>
    /// <exception cref="WinMmfException">
    /// AccessDenied, NotFound, SystemError: nothing has changed. AccessOutOfStep: a part has, and the message says which.
    /// </exception>
    public void Apply()
    {
        IReadOnlyList<AccessChangeStep> steps = Steps;
        List<AccessChangeStep> done = new();
        for (int round = 1; steps.Count > 0; round++)
        {
            if (round == Rounds)
                throw OutOfStep(steps.Select(static step => step.Target), null);
            Apply(steps, done);
            done.AddRange(steps);
            steps = StepsFor(_store, Name, _store.List(Name), _change);
        }
    }

    private static List<AccessChangeStep> StepsFor(
        IAccessStore store, SharedName name, IReadOnlyList<AccessObject> objects, AccessChange change)
    {
        List<AccessChangeStep> steps = new();
        foreach (AccessObject target in objects)
        {
            // Only the owner has the ownership object: a change that does not make owners does not concern it.
            if (target.Error is not null && target.Kind == ObjectKind.Ownership && change.Right is AccessRight.Read or AccessRight.Write)
                continue;
            if (target.Error is not null)
                throw target.Error;
            string? after = store.Plan(name, target, change);
            if (after is not null)
                steps.Add(new AccessChangeStep(target, after));
        }

        return steps;
    }

    private void Apply(IReadOnlyList<AccessChangeStep> steps, List<AccessChangeStep> before)
    {
        List<IAccessWriter> writers = new();
        int written = 0;
        try
        {
            foreach (AccessChangeStep step in steps)
                writers.Add(_store.OpenForChange(step.Target));
            for (; written < steps.Count; written++)
                writers[written].Write(steps[written].After);
        }
        catch (WinMmfException e)
        {
            List<AccessObject> changed = UndoFirst(steps, writers, written);
            changed.AddRange(UndoEarlier(before));
            if (changed.Count > 0)
                throw OutOfStep(changed, e);
            throw;
        }
        finally
        {
            foreach (IAccessWriter writer in writers)
                writer.Dispose();
        }
    }

    private static List<AccessObject> UndoFirst(IReadOnlyList<AccessChangeStep> steps, List<IAccessWriter> writers, int count)
    {
        List<AccessObject> stuck = new();
        for (int i = count - 1; i >= 0; i--)
        {
            try
            {
                writers[i].Write(steps[i].Before);
            }
            catch (WinMmfException)
            {
                stuck.Add(steps[i].Target);
            }
        }

        return stuck;
    }

    private List<AccessObject> UndoEarlier(List<AccessChangeStep> steps)
    {
        List<AccessObject> stuck = new();
        foreach (AccessChangeStep step in steps)
        {
            try
            {
                using IAccessWriter writer = _store.OpenForChange(step.Target);
                writer.Write(step.Before);
            }
            catch (WinMmfException e) when (e.ErrorId == WinMmfErrorId.NotFound)
            {
                // It is gone, and its access with it.
            }
            catch (WinMmfException)
            {
                stuck.Add(step.Target);
            }
        }

        return stuck;
    }

    private WinMmfException OutOfStep(IEnumerable<AccessObject> changed, WinMmfException? cause) => new(
        WinMmfErrorId.AccessOutOfStep,
        $"The access of {Name} is changed in part: {string.Join(", ", changed.Select(static target => target.FullName))} "
            + $"{(cause is null ? "came anew while the others were changed." : $"could not be changed back. {cause.Message}")}",
        Name.ToFacts(),
        cause?.NativeErrorCode ?? 0,
        cause);
}
