using System;
using System.Collections.Generic;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Security;

namespace WinMmf.Platform;

/// <summary>Reads, changes and predicts the access of live objects (design A1–A3, protocol 12).</summary>
internal interface IAccessStore
{
    /// <summary>
    /// The objects of a name, the one with the plain name first; empty if there is none. An object whose access may not be read has an
    /// error in place of its entries.
    /// </summary>
    IReadOnlyList<AccessObject> List(SharedName name);

    /// <summary>The form in which a change names an account.</summary>
    /// <exception cref="WinMmfException">
    /// UnknownAccount; InvalidArgument, NotSupported for one that this system gives no rights to.
    /// </exception>
    string ResolveForChange(SharedName name, AccessObject main, string account, AccessRight? right);

    /// <summary>The descriptor that an object gets by a change; null if it stays as it is.</summary>
    /// <exception cref="WinMmfException">InvalidArgument, NotSupported: the change cannot be made.</exception>
    string? Plan(SharedName name, AccessObject target, AccessChange change);

    /// <summary>An object as it would be with another descriptor, which a plan gave.</summary>
    AccessObject Preview(AccessObject target, string descriptor);

    /// <summary>Opens an object so that its descriptor can be written.</summary>
    /// <exception cref="WinMmfException">AccessDenied (whose it is, and who may), NotFound if it is gone.</exception>
    IAccessWriter OpenForChange(AccessObject target);

    /// <summary>Finds out who an account is, and what it belongs to.</summary>
    /// <param name="account">A name, an id or a word; null: the caller.</param>
    /// <param name="sessionId">Its session; null: the caller's.</param>
    /// <exception cref="WinMmfException">UnknownAccount.</exception>
    AccessSubject FindSubject(string? account, int? sessionId);

    /// <summary>What keeps an account from a name before any access list does; null if nothing.</summary>
    AccessBarrier? FindBarrier(SharedName name, AccessSubject subject);

    /// <summary>What prevents an account from creating a name that is free; null if nothing does.</summary>
    AccessBarrier? FindCreationBarrier(SharedName name, AccessSubject subject);

    /// <summary>True if the account is the object's owner, so that it may take a channel over.</summary>
    bool IsOwner(AccessObject target, AccessSubject subject);

    /// <summary>The account, user or group that must be granted a right so that the account has it.</summary>
    /// <param name="main">The section with the name; null where there is none yet.</param>
    /// <param name="subject">The account.</param>
    string GranteeFor(AccessObject? main, AccessSubject subject);

    /// <summary>An account as sections tell their owner: a SID, or a user number.</summary>
    /// <param name="account">A name, an id or a word for one account.</param>
    /// <exception cref="WinMmfException">UnknownAccount; InvalidArgument for a group that owns nothing.</exception>
    string ResolveOwner(string account);

    /// <summary>An owner's name; what was given where it has none.</summary>
    /// <param name="ownerId">As sections tell their owner.</param>
    string NameOfOwner(string ownerId);

    /// <summary>
    /// True for an owner that decides nothing new for this process: its own account, or one that administers the machine.
    /// </summary>
    /// <param name="ownerId">As sections tell their owner.</param>
    bool IsOwnOrAdministrator(string ownerId);

    /// <summary>True if this process has an administrator's rights.</summary>
    bool IsElevated { get; }

    /// <summary>Accounts of this machine that one may want to name, and what they are; for completion.</summary>
    IEnumerable<KeyValuePair<string, string>> ListAccounts();

    /// <summary>
    /// What an account has to be granted to use a plain memory with the Rust crate winmmf, which asks for full access on Windows.
    /// </summary>
    AccessRight RightOfCrate { get; }

    /// <summary>Computes whether an account gets what it needs from an object.</summary>
    AccessAnswer Ask(AccessObject target, AccessSubject subject, AccessNeed need, bool isOptional);
}

/// <summary>A live object whose descriptor can be written.</summary>
internal interface IAccessWriter : IDisposable
{
    /// <summary>Gives it a descriptor.</summary>
    /// <param name="descriptor">The text, as <see cref="AccessObject.Descriptor"/> has it.</param>
    /// <exception cref="WinMmfException">AccessDenied, SystemError.</exception>
    void Write(string descriptor);
}
