using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using WinMmf.Errors;
using WinMmf.Platform.Windows.Native;
using WinMmf.Security;

namespace WinMmf.Platform.Windows;

/// <summary>
/// What an access policy means for one kind of object: a protected list with the creator, SYSTEM and Administrators
/// in full and the readers with the least that reading needs. The owner stands in it explicitly, because an elevated
/// administrator's objects would else belong to the group, and takeover asks who made them.
/// </summary>
internal sealed class WindowsSecurityDescriptor : IDisposable
{
    private const uint Revision = 1;
    private const string EveryoneSid = "S-1-1-0";
    private readonly SafeLocalMemory _descriptor;

    private WindowsSecurityDescriptor(SafeLocalMemory descriptor, WindowsDescriptor described)
    {
        _descriptor = descriptor;
        Described = described;
    }

    /// <summary>What it says.</summary>
    public WindowsDescriptor Described { get; }

    /// <summary>For the creating functions. Good only while this object is alive.</summary>
    public SecurityAttributes Attributes => new()
    {
        Length = (uint)Marshal.SizeOf<SecurityAttributes>(),
        Descriptor = _descriptor.Address,
        InheritHandle = 0,
    };

    /// <summary>Makes the descriptor of an object.</summary>
    /// <exception cref="WinMmfException">UnknownAccount, InvalidArgument, SystemError.</exception>
    public static WindowsSecurityDescriptor For(ObjectKind kind, AccessPolicy policy)
    {
        WindowsDescriptor wanted = DescribeOwn(kind, policy);
        string text = wanted.ToSddl();

        // An account that has it switched off, as administrators do, could otherwise create nothing with audit entries.
        if (wanted.SystemEntries.Any(static entry => !entry.IsLabel))
            WindowsPrivilege.TryEnable(WindowsPrivilege.Security);
        SafeLocalMemory? descriptor = TryConvert(text, out int error);
        return descriptor is null
            ? throw WindowsError.Unexpected($"Making the security descriptor '{text}'", error)
            : new WindowsSecurityDescriptor(descriptor, wanted);
    }

    /// <summary>The text of the descriptor of something that this account makes.</summary>
    /// <exception cref="WinMmfException">UnknownAccount, InvalidArgument, SystemError.</exception>
    public static string ToSddl(ObjectKind kind, AccessPolicy policy) => DescribeOwn(kind, policy).ToSddl();

    private static WindowsDescriptor DescribeOwn(ObjectKind kind, AccessPolicy policy)
    {
        string creator = WindowsAccount.CurrentUserSid();
        WindowsDescriptor? given = policy.Sddl is null ? null : Read(policy.Sddl);
        WindowsDescriptor made = Describe(kind, policy, given is { Owner.Length: > 0 } ? given.Owner : creator);
        return made.WithSystem(WindowsLabel.SystemEntriesFor(kind, given?.SystemEntries ?? [], WindowsAccount.CurrentLevel()));
    }

    /// <summary>The descriptor of an object of this kind.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="policy">Who may use it.</param>
    /// <param name="owner">SID of its owner.</param>
    /// <exception cref="WinMmfException">UnknownAccount, InvalidArgument.</exception>
    public static WindowsDescriptor Describe(ObjectKind kind, AccessPolicy policy, string owner)
    {
        bool isOwnersOnly = kind is ObjectKind.Ownership or ObjectKind.ControlPipe or ObjectKind.LockWakeUp;
        List<WindowsAce> entries = new();
        if (policy.Sddl is not null && !isOwnersOnly)
        {
            foreach (WindowsAce entry in Read(policy.Sddl).Entries)
                Add(entries, entry.With(WindowsRights.Translate(entry.Mask, kind)));
            return new WindowsDescriptor(owner, hasList: true, isProtected: true, entries);
        }

        uint full = WindowsRights.Full(kind);
        foreach (string sid in new[] { owner, WindowsAccount.SystemSid, WindowsAccount.AdministratorsSid })
            Add(entries, WindowsAce.Allow(sid, full));
        if (kind == ObjectKind.LockWakeUp)
            Add(entries, WindowsAce.Allow(EveryoneSid, AccessRights.EVENT_MODIFY_STATE | AccessRights.SYNCHRONIZE));

        // Accounts are resolved for every kind, so that a misspelt one fails with the first object and not with a later one.
        policy.ThrowIfChannelHasWriters(kind);
        AddAll(policy.Readers, AccessRight.Read);
        AddAll(policy.Writers, AccessRight.Write);
        return new WindowsDescriptor(owner, hasList: true, isProtected: true, entries);

        void AddAll(IReadOnlyList<string> accounts, AccessRight right)
        {
            foreach (string account in accounts)
            {
                string sid = WindowsAccount.ResolveSid(account);
                if (!isOwnersOnly)
                    Add(entries, WindowsAce.Allow(sid, WindowsRights.For(kind, right)));
            }
        }
    }

    /// <summary>Reads a descriptor's text, with generic rights still in it.</summary>
    /// <exception cref="WinMmfException">
    /// InvalidArgument: it is no descriptor, has no access list, or entries that cannot be carried over to other objects.
    /// </exception>
    public static WindowsDescriptor Read(string sddl)
    {
        const string Open = "NO_ACCESS_CONTROL";
        using SafeLocalMemory? binary = TryConvert(sddl, out int error);
        if (binary is null)
            throw Invalid(sddl, "is no security descriptor in SDDL, such as D:P(A;;GA;;;SY)(A;;GA;;;BA)(A;;GR;;;BU)", error);
        WindowsDescriptor descriptor = Parse(binary);
        if (!descriptor.HasList || sddl.IndexOf(Open, StringComparison.OrdinalIgnoreCase) >= 0)
            throw Invalid(sddl, "has no access list (D:), which would give every account every right", 0);
        foreach (WindowsAce entry in descriptor.Entries)
        {
            if (!entry.IsPlain)
                throw Invalid(sddl, "has an entry of another type than A (allow) and D (deny)", 0);
        }

        if (descriptor.SystemEntries.Count(static entry => entry.IsLabel) > 1)
            throw Invalid(sddl, "has more than one mandatory label (an entry of the type ML)", 0);
        return descriptor;
    }

    /// <summary>Reads a descriptor in memory.</summary>
    public static WindowsDescriptor Parse(SafeLocalMemory binary)
    {
        byte[] bytes = new byte[Advapi32.GetSecurityDescriptorLength(binary)];
        Marshal.Copy(binary.Address, bytes, 0, bytes.Length);
        return WindowsDescriptor.Parse(bytes);
    }

    /// <summary>Makes a descriptor of its text; null with the system's error.</summary>
    public static SafeLocalMemory? TryConvert(string sddl, out int error)
    {
        bool converted = Advapi32.ConvertStringSecurityDescriptorToSecurityDescriptorW(
            sddl, Revision, out SafeLocalMemory descriptor, IntPtr.Zero);
        error = converted ? 0 : Marshal.GetLastWin32Error();
        if (converted)
            return descriptor;
        descriptor.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();

    private static void Add(List<WindowsAce> entries, WindowsAce entry)
    {
        if (entry.Mask != 0)
            entries.Add(entry);
    }

    private static WinMmfException Invalid(string sddl, string fault, int error) =>
        new(WinMmfErrorId.InvalidAccess, $"'{sddl}' {fault}.", error);
}
