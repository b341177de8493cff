using System.Collections.Generic;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Selection;
using WinMmf.Security;

namespace WinMmf.Access;

/// <summary>
/// Who may use a live memory or channel: reads the access, plans changes to all its objects together, and predicts whether an account can
/// use it. A process that has it open keeps its rights until it closes it; a change counts for the next opening.
/// </summary>
internal static class MemoryAccess
{
    /// <summary>Reads the access of every object of a name; null if there is none.</summary>
    /// <param name="name">Name and scope.</param>
    public static AccessReport? Read(SharedName name) => Read(PlatformServices.Current, name);

    /// <summary>Plans to give a memory or channel a policy in place of the access that it has.</summary>
    /// <param name="name">Name and scope.</param>
    /// <param name="policy">Who may use it besides its owner.</param>
    /// <exception cref="WinMmfException">NotFound, AccessDenied, UnknownAccount, InvalidArgument, NotSupported.</exception>
    public static AccessPlan PlanSet(SharedName name, AccessPolicy policy) =>
        AccessPlan.Make(PlatformServices.Current.Access, name, _ => AccessChange.Set(policy));

    /// <summary>Plans to grant an account a right. It keeps the rights that it has; entries that deny the right are removed.</summary>
    /// <param name="name">Name and scope.</param>
    /// <param name="account">A name, a SID, a group or a word such as Users.</param>
    /// <param name="right">How much it may do.</param>
    /// <exception cref="WinMmfException">NotFound, AccessDenied, UnknownAccount, InvalidArgument, NotSupported.</exception>
    public static AccessPlan PlanGrant(SharedName name, string account, AccessRight right)
    {
        IAccessStore store = PlatformServices.Current.Access;
        return AccessPlan.Make(store, name, main => AccessChange.Grant(store.ResolveForChange(name, main, account, right), right));
    }

    /// <summary>Plans to take away what an account was granted.</summary>
    /// <param name="name">Name and scope.</param>
    /// <param name="account">A name, a SID, a group or a word such as Users.</param>
    /// <exception cref="WinMmfException">NotFound, AccessDenied, UnknownAccount; InvalidArgument for the owner.</exception>
    public static AccessPlan PlanRevoke(SharedName name, string account)
    {
        IAccessStore store = PlatformServices.Current.Access;
        return AccessPlan.Make(store, name, main => AccessChange.Revoke(store.ResolveForChange(name, main, account, null)));
    }

    /// <summary>Predicts whether an account can use a name, without trying.</summary>
    /// <param name="name">Name and scope.</param>
    /// <param name="use">What it wants.</param>
    /// <param name="account">A name, a SID, a group or a word; null: the caller, with the rights of its own token.</param>
    /// <param name="sessionId">The session from which it comes (Windows); null: the caller's.</param>
    /// <exception cref="WinMmfException">UnknownAccount, SystemError.</exception>
    public static AccessVerdict Predict(SharedName name, AccessUse use, string? account = null, int? sessionId = null) =>
        Predict(name, use, account, sessionId, isOnCrate: false);

    /// <summary>As the other one; for a program on the Rust crate winmmf if that is said (docs/winmmf.md).</summary>
    internal static AccessVerdict Predict(SharedName name, AccessUse use, string? account, int? sessionId, bool isOnCrate)
    {
        IAccessStore store = PlatformServices.Current.Access;
        return new AccessExaminer(store, name, use, store.FindSubject(account, sessionId), isOnCrate).Examine();
    }

    /// <summary>Accounts of this machine that one may want to give access to, and what they are. Not all there are.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ListAccounts() => PlatformServices.Current.Access.ListAccounts();

    internal static AccessReport? Read(IPlatform platform, SharedName name)
    {
        IReadOnlyList<AccessObject> objects = platform.Access.List(name);
        return objects.Count == 0 ? null : new AccessReport(name, objects);
    }
}
