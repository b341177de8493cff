using System;
using System.Collections.Generic;
using WinMmf.Access;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Security;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Security;

/// <summary>
/// What is named as remedy mends what was found: a grant takes away what denies the account itself, and not what denies a group.
/// </summary>
public sealed class AccessRemedyTests
{
    private const string Me = "S-1-5-21-1-1";
    private const string Team = "S-1-5-21-1-2";
    private static readonly SharedName Name = new("cam1", NameScope.Global);

    [Theory]
    [InlineData(AccessReason.NotGranted, null, AccessRemedyKind.Grant)]
    [InlineData(AccessReason.Denied, Me, AccessRemedyKind.Grant)]
    [InlineData(AccessReason.Denied, Team, AccessRemedyKind.Replace)]
    [InlineData(AccessReason.LabelForbids, "S-1-16-12288", AccessRemedyKind.Relabel)]
    public void What_denies_a_group_is_replaced_and_not_granted_against(object reason, string? decidedBy, object kind)
    {
        Store store = new((AccessReason)reason, decidedBy);
        AccessVerdict verdict = new AccessExaminer(store, Name, AccessUse.Read, new Subject()).Examine();
        Assert.Equal(((AccessReason)reason, (AccessRemedyKind)kind), (verdict.Reason, verdict.Remedy!.Kind));
        if ((AccessRemedyKind)kind != AccessRemedyKind.Relabel)
            Assert.Equal((Me, AccessRight.Read), (verdict.Remedy.Account, verdict.Remedy.Right));
    }

    private sealed class Subject() : AccessSubject("ann", Me, null, isCaller: false);

    private sealed class Control() : AccessObject(AccessPart.Control, @"Global\cam1", ObjectKind.PublisherSection)
    {
        public override string OwnerId => "S-1-5-18";

        public override string Owner => "SYSTEM";

        public override string Descriptor => "";

        public override IReadOnlyList<AccessEntry> Entries => [];

        internal override bool IsInStepWith(AccessObject main) => true;
    }

    private sealed class Store(AccessReason reason, string? decidedBy) : IAccessStore
    {
        public bool IsElevated => throw new NotSupportedException();

        public AccessRight RightOfCrate => throw new NotSupportedException();

        public IReadOnlyList<AccessObject> List(SharedName name) => [new Control()];

        public AccessAnswer Ask(AccessObject target, AccessSubject subject, AccessNeed need, bool isOptional) =>
            new(target, "read", reason, "It is so.", decidedBy, isOptional);

        public string GranteeFor(AccessObject? main, AccessSubject subject) => subject.Id;

        public AccessBarrier? FindBarrier(SharedName name, AccessSubject subject) => null;

        public AccessBarrier? FindCreationBarrier(SharedName name, AccessSubject subject) => null;

        public string ResolveForChange(SharedName name, AccessObject main, string account, AccessRight? right) =>
            throw new NotSupportedException();

        public string? Plan(SharedName name, AccessObject target, AccessChange change) => throw new NotSupportedException();

        public AccessObject Preview(AccessObject target, string descriptor) => throw new NotSupportedException();

        public IAccessWriter OpenForChange(AccessObject target) => throw new NotSupportedException();

        public AccessSubject FindSubject(string? account, int? sessionId) => throw new NotSupportedException();

        public bool IsOwner(AccessObject target, AccessSubject subject) => throw new NotSupportedException();

        public string ResolveOwner(string account) => throw new NotSupportedException();

        public string NameOfOwner(string ownerId) => throw new NotSupportedException();

        public bool IsOwnOrAdministrator(string ownerId) => throw new NotSupportedException();

        public IEnumerable<KeyValuePair<string, string>> ListAccounts() => throw new NotSupportedException();
    }
}
