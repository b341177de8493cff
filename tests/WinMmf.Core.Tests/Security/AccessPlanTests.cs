using System;
using System.Collections.Generic;
using System.Linq;
using WinMmf.Access;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Security;
using Xunit;

namespace WinMmf.Tests.Security;

/// <summary>A change is made to all objects or to none, and where that cannot be, it is said which have changed.</summary>
public sealed class AccessPlanTests
{
    private static readonly SharedName Name = new("plan", NameScope.Global);
    private readonly Store _store = new("memory", "holders", "third");

    [Fact]
    public void All_objects_change()
    {
        AccessPlan plan = Make();
        Assert.Equal(["before", "before", "before"], _store.Descriptors);
        Assert.Equal(3, plan.Steps.Count);
        plan.Apply();
        Assert.Equal(["after", "after", "after"], _store.Descriptors);
        Assert.Empty(Make().Steps);
    }

    [Fact]
    public void If_one_cannot_be_opened_none_is_changed()
    {
        _store.Objects[2].RefusesToOpen = true;
        Assert.Equal(WinMmfErrorId.AccessDenied, Assert.Throws<WinMmfException>(Make().Apply).ErrorId);
        Assert.Equal(["before", "before", "before"], _store.Descriptors);
        Assert.Equal(0, _store.Writes);
    }

    [Fact]
    public void If_one_fails_those_before_it_get_back_what_they_had()
    {
        _store.Objects[2].Refuses = "after";
        Assert.Equal(WinMmfErrorId.SystemError, Assert.Throws<WinMmfException>(Make().Apply).ErrorId);
        Assert.Equal(["before", "before", "before"], _store.Descriptors);
        Assert.Equal(5, _store.Writes);
    }

    [Fact]
    public void What_cannot_be_changed_back_is_named()
    {
        _store.Objects[2].Refuses = "after";
        _store.Objects[1].Refuses = "before";
        WinMmfException e = Assert.Throws<WinMmfException>(Make().Apply);
        Assert.Equal(WinMmfErrorId.AccessOutOfStep, e.ErrorId);
        Assert.Contains("plan/holders", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("plan/memory", e.Message, StringComparison.Ordinal);
        Assert.NotNull(e.Facts.Name);
        Assert.Equal(["before", "after", "before"], _store.Descriptors);
    }

    [Fact]
    public void What_comes_anew_meanwhile_is_changed_too()
    {
        AccessPlan plan = Make();
        _store.Add("pixels 2");
        plan.Apply();
        Assert.Equal(["after", "after", "after", "after"], _store.Descriptors);
    }

    [Fact]
    public void A_newcomer_that_cannot_be_changed_undoes_the_rest()
    {
        AccessPlan plan = Make();
        _store.Add("pixels 2");
        _store.Objects[3].RefusesToOpen = true;
        Assert.Equal(WinMmfErrorId.AccessDenied, Assert.Throws<WinMmfException>(plan.Apply).ErrorId);
        Assert.Equal(["before", "before", "before", "before"], _store.Descriptors);
    }

    [Fact]
    public void What_may_not_be_read_stops_the_plan()
    {
        _store.Objects[1].Error = new WinMmfException(WinMmfErrorId.AccessDenied, "closed");
        Assert.Equal(WinMmfErrorId.AccessDenied, Assert.Throws<WinMmfException>(() => Make()).ErrorId);
    }

    [Fact]
    public void What_is_not_there_has_no_access()
    {
        Store empty = new();
        Assert.Equal(WinMmfErrorId.NotFound,
            Assert.Throws<WinMmfException>(
            () => AccessPlan.Make(empty, Name, static _ => AccessChange.Grant("x", AccessRight.Read))).ErrorId);
    }

    private AccessPlan Make() => AccessPlan.Make(_store, Name, static _ => AccessChange.Grant("somebody", AccessRight.Read));

    /// <summary>Objects that fail on request.</summary>
    private sealed class Store : IAccessStore
    {
        public Store(params string[] parts) => Objects.AddRange(parts.Select(static part => new Item(part)));

        public List<Item> Objects { get; } = [];

        public int Writes { get; private set; }

        public IEnumerable<string> Descriptors => Objects.Select(static item => item.Current);

        public void Add(string part) => Objects.Add(new Item(part));

        public IReadOnlyList<AccessObject> List(SharedName name) => [.. Objects.Select(static item => item.Look())];

        public string ResolveForChange(SharedName name, AccessObject main, string account, AccessRight? right) => account;

        public string? Plan(SharedName name, AccessObject target, AccessChange change) => target.Descriptor == "after" ? null : "after";

        public AccessObject Preview(AccessObject target, string descriptor) => target;

        public IAccessWriter OpenForChange(AccessObject target)
        {
            Item item = Objects.Single(candidate => candidate.Part == target.Part);
            return item.RefusesToOpen ? throw new WinMmfException(WinMmfErrorId.AccessDenied, target.FullName) : new Writer(this, item);
        }

        public AccessSubject FindSubject(string? account, int? sessionId) => throw new NotSupportedException();

        public AccessBarrier? FindBarrier(SharedName name, AccessSubject subject) => throw new NotSupportedException();

        public AccessBarrier? FindCreationBarrier(SharedName name, AccessSubject subject) => throw new NotSupportedException();

        public bool IsOwner(AccessObject target, AccessSubject subject) => throw new NotSupportedException();

        public string GranteeFor(AccessObject? main, AccessSubject subject) => throw new NotSupportedException();

        public bool IsElevated => false;

        public string ResolveOwner(string account) => throw new NotSupportedException();

        public string NameOfOwner(string ownerId) => throw new NotSupportedException();

        public bool IsOwnOrAdministrator(string ownerId) => throw new NotSupportedException();

        public IEnumerable<KeyValuePair<string, string>> ListAccounts() => [];

        public AccessRight RightOfCrate => throw new NotSupportedException();

        public AccessAnswer Ask(AccessObject target, AccessSubject subject, AccessNeed need, bool isOptional) =>
            throw new NotSupportedException();

        private sealed class Writer(Store store, Item item) : IAccessWriter
        {
            public void Write(string descriptor)
            {
                store.Writes++;
                if (descriptor == item.Refuses)
                    throw new WinMmfException(WinMmfErrorId.SystemError, item.Part);
                item.Current = descriptor;
            }

            public void Dispose()
            {
            }
        }
    }

    private sealed class Item(string part)
    {
        public string Part { get; } = part;

        public string Current { get; set; } = "before";

        public bool RefusesToOpen { get; set; }

        public string? Refuses { get; set; }

        public WinMmfException? Error { get; set; }

        public AccessObject Look() => new Snapshot(Part, Current) { Error = Error };
    }

    private sealed class Snapshot(string part, string descriptor) : AccessObject(part, "plan/" + part, ObjectKind.LockedMemory)
    {
        public override string OwnerId => "1";

        public override string Owner => "one";

        public override string Descriptor { get; } = descriptor;

        public override IReadOnlyList<AccessEntry> Entries => [];

        internal override bool IsInStepWith(AccessObject main) => true;
    }
}
