using WinMmf.Platform.Windows.Native;

namespace WinMmf.Platform.Windows;

/// <summary>
/// The kernel's access check, as documented for AccessCheck: without a list every account has access; the owner may always read and change
/// the list; then the entries in their order, until every right is granted or one that is still missing is denied. Mandatory labels and
/// restricted tokens are not looked at.
/// </summary>
internal static class WindowsAccessCheck
{
    private const string OwnerRightsSid = "S-1-3-4";

    /// <summary>Computes the answer.</summary>
    /// <param name="descriptor">The object's descriptor.</param>
    /// <param name="subject">Who asks.</param>
    /// <param name="desired">Rights, none of them generic.</param>
    /// <param name="isEvent">True for an event, false for a section.</param>
    /// <param name="denying">The entry that denies; null if none does.</param>
    /// <returns>The rights that are missing; 0: granted.</returns>
    public static uint FindMissing(
        WindowsDescriptor descriptor, WindowsSubject subject, uint desired, bool isEvent, out WindowsAce? denying)
    {
        denying = null;
        if (!descriptor.HasList)
            return 0;
        uint missing = desired;
        if (descriptor.Owner.Length > 0 && subject.IsGranted(descriptor.Owner) && !HasOwnerRights(descriptor))
            missing &= ~(AccessRights.READ_CONTROL | AccessRights.WRITE_DAC);
        foreach (WindowsAce entry in descriptor.Entries)
        {
            if (missing == 0)
                return 0;
            if (!entry.IsEffective)
                continue;
            bool isOwnerRights = entry.Sid == OwnerRightsSid && descriptor.Owner.Length > 0;
            string sid = isOwnerRights ? descriptor.Owner : entry.Sid;
            uint mask = WindowsRights.MapGeneric(entry.Mask, isEvent);
            if (entry.IsAllowed)
            {
                if (subject.IsGranted(sid))
                    missing &= ~mask;
            }
            else if ((mask & missing) != 0 && subject.IsDenied(sid))
            {
                denying = entry;
                return missing;
            }
        }

        return missing;
    }

    private static bool HasOwnerRights(WindowsDescriptor descriptor)
    {
        foreach (WindowsAce entry in descriptor.Entries)
        {
            if (entry.IsEffective && entry.Sid == OwnerRightsSid)
                return true;
        }

        return false;
    }
}
