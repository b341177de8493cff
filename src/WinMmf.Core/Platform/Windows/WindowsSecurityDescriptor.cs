using System;
using System.Runtime.InteropServices;
using System.Text;
using WinMmf.Diagnostics;
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
    private readonly SafeLocalMemory _descriptor;

    private WindowsSecurityDescriptor(SafeLocalMemory descriptor) => _descriptor = descriptor;

    /// <summary>For the creating functions. Good only while this object is alive.</summary>
    public SecurityAttributes Attributes => new()
    {
        Length = (uint)Marshal.SizeOf<SecurityAttributes>(),
        Descriptor = _descriptor.Address,
        InheritHandle = 0,
    };

    /// <summary>Makes the descriptor of an object.</summary>
    /// <exception cref="WinMmfException">UnknownAccount, SystemError.</exception>
    public static WindowsSecurityDescriptor For(ObjectKind kind, AccessPolicy policy)
    {
        string text = ToSddl(kind, policy);
        if (Advapi32.ConvertStringSecurityDescriptorToSecurityDescriptorW(text, Revision, out SafeLocalMemory descriptor, IntPtr.Zero))
            return new WindowsSecurityDescriptor(descriptor);

        int error = Marshal.GetLastWin32Error();
        descriptor.Dispose();
        throw WindowsError.Unexpected($"Making the security descriptor '{text}'", error);
    }

    /// <summary>The text of the descriptor.</summary>
    /// <exception cref="WinMmfException">UnknownAccount, SystemError.</exception>
    public static string ToSddl(ObjectKind kind, AccessPolicy policy)
    {
        string creator = WindowsAccount.CurrentUserSid();
        uint full = kind is ObjectKind.WakeEvent or ObjectKind.LockWakeUp or ObjectKind.Ownership ? AccessRights.EVENT_ALL_ACCESS : AccessRights.SECTION_ALL_ACCESS;
        uint reading = ReaderRights(kind);

        StringBuilder text = new();
        text.Append("O:").Append(creator).Append("D:P");
        Allow(text, full, creator);
        Allow(text, full, "SY");
        Allow(text, full, "BA");

        if (kind == ObjectKind.LockWakeUp)
            Allow(text, AccessRights.EVENT_MODIFY_STATE | AccessRights.SYNCHRONIZE, "WD");

        // Accounts are resolved for every kind, so that a misspelt one fails with the first object and not with a later one.
        foreach (string reader in policy.Readers)
        {
            string sid = WindowsAccount.ResolveSid(reader);
            if (reading != 0)
                Allow(text, reading, sid);
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();

    private static uint ReaderRights(ObjectKind kind) => kind switch
    {
        ObjectKind.PublisherSection => AccessRights.FILE_MAP_READ | AccessRights.SECTION_QUERY | AccessRights.READ_CONTROL,
        ObjectKind.Registry or ObjectKind.LockedMemory =>
            AccessRights.FILE_MAP_READ | AccessRights.FILE_MAP_WRITE | AccessRights.SECTION_QUERY | AccessRights.READ_CONTROL,
        ObjectKind.OpenMemory => AccessRights.SECTION_ALL_ACCESS,
        ObjectKind.WakeEvent => AccessRights.SYNCHRONIZE,
        _ => 0,
    };

    private static void Allow(StringBuilder text, uint rights, string account) =>
        text.Append("(A;;0x").Append(rights.ToString("x", System.Globalization.CultureInfo.InvariantCulture)).Append(";;;").Append(account).Append(')');
}
