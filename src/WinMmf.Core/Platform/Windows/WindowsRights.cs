using WinMmf.Platform.Windows.Native;
using WinMmf.Security;

namespace WinMmf.Platform.Windows;

/// <summary>Which system rights correspond to a WinMmf right, for each kind of object, in both directions.</summary>
internal static class WindowsRights
{
    /// <summary>GENERIC_READ.</summary>
    public const uint GenericRead = 0x8000_0000;
    /// <summary>GENERIC_WRITE.</summary>
    public const uint GenericWrite = 0x4000_0000;
    /// <summary>GENERIC_EXECUTE.</summary>
    public const uint GenericExecute = 0x2000_0000;
    private const uint GenericAll = 0x1000_0000;
    private const uint BeyondReading = 0x000D_0000;

    private const uint ReadSection = AccessRights.FILE_MAP_READ | AccessRights.SECTION_QUERY | AccessRights.READ_CONTROL;
    private const uint WriteSection = ReadSection | AccessRights.FILE_MAP_WRITE;

    /// <summary>All rights on an object.</summary>
    public static uint Full(ObjectKind kind) => kind switch
    {
        ObjectKind.ControlPipe => AccessRights.FILE_ALL_ACCESS,
        _ => IsEvent(kind) ? AccessRights.EVENT_ALL_ACCESS : AccessRights.SECTION_ALL_ACCESS,
    };

    /// <summary>The rights that a WinMmf right needs on an object; 0 if none.</summary>
    public static uint For(ObjectKind kind, AccessRight right) => (kind, right) switch
    {
        (_, AccessRight.Full) => Full(kind),
        (ObjectKind.PublisherSection or ObjectKind.LockedMemory or ObjectKind.OpenMemory, AccessRight.Read) => ReadSection,
        (ObjectKind.PublisherSection or ObjectKind.LockedMemory or ObjectKind.Registry, _) => WriteSection,
        (ObjectKind.OpenMemory, _) => AccessRights.SECTION_ALL_ACCESS,
        (ObjectKind.WakeEvent, _) => AccessRights.SYNCHRONIZE,
        _ => 0,
    };

    /// <summary>The rights of a section without the generic ones, which the kernel replaces in the same way.</summary>
    public static uint MapGeneric(uint mask, bool isEvent)
    {
        uint mapped = mask & ~(GenericRead | GenericWrite | GenericExecute | GenericAll);
        if ((mask & GenericRead) != 0)
            mapped |= AccessRights.READ_CONTROL | (isEvent
                ? AccessRights.EVENT_QUERY_STATE
                : AccessRights.SECTION_QUERY | AccessRights.FILE_MAP_READ);
        if ((mask & GenericWrite) != 0)
            mapped |= AccessRights.READ_CONTROL | (isEvent ? AccessRights.EVENT_MODIFY_STATE : AccessRights.FILE_MAP_WRITE);
        if ((mask & GenericExecute) != 0)
            mapped |= AccessRights.READ_CONTROL | (isEvent ? AccessRights.SYNCHRONIZE : AccessRights.SECTION_MAP_EXECUTE);
        if ((mask & GenericAll) != 0)
            mapped |= isEvent ? AccessRights.EVENT_ALL_ACCESS : AccessRights.SECTION_ALL_ACCESS;
        return mapped;
    }

    /// <summary>What an entry of the main section's list means for another object: the same doing, in that object's rights.</summary>
    public static uint Translate(uint mask, ObjectKind kind)
    {
        uint section = MapGeneric(mask, isEvent: false);
        const uint All = AccessRights.SECTION_ALL_ACCESS & ~AccessRights.SECTION_MAP_EXECUTE;
        if ((section & All) == All)
            return Full(kind);
        if (kind is ObjectKind.PublisherSection or ObjectKind.LockedMemory or ObjectKind.OpenMemory)
            return section;

        // The registry and wake-ups exist for readers, so the right to read decides, also where an entry denies it.
        uint others = section & BeyondReading;
        return (section & AccessRights.FILE_MAP_READ) != 0 ? others | For(kind, AccessRight.Read) : others;
    }

    /// <summary>The highest WinMmf right that a mask contains; null if none.</summary>
    public static AccessRight? RightOf(ObjectKind kind, uint mask)
    {
        uint mapped = MapGeneric(mask, IsEvent(kind));
        if ((mapped & Full(kind)) == Full(kind))
            return AccessRight.Full;
        if (IsEvent(kind))
            return kind == ObjectKind.WakeEvent && (mapped & AccessRights.SYNCHRONIZE) != 0 ? AccessRight.Read : null;
        const uint ReadAndWrite = AccessRights.FILE_MAP_READ | AccessRights.FILE_MAP_WRITE;
        if ((mapped & ReadAndWrite) == ReadAndWrite)
            return kind == ObjectKind.Registry ? AccessRight.Read : AccessRight.Write;
        return kind != ObjectKind.Registry && (mapped & AccessRights.FILE_MAP_READ) != 0 ? AccessRight.Read : null;
    }

    /// <summary>The rights that a need requires.</summary>
    public static uint ForNeed(AccessNeed need) => need switch
    {
        AccessNeed.Read => AccessRights.FILE_MAP_READ,
        AccessNeed.ReadWrite => AccessRights.FILE_MAP_READ | AccessRights.FILE_MAP_WRITE,
        AccessNeed.Wait => AccessRights.SYNCHRONIZE,
        _ => AccessRights.SECTION_ALL_ACCESS,
    };

    /// <summary>The names of a need's rights, as the Windows headers have them.</summary>
    public static string NameOf(AccessNeed need) => need switch
    {
        AccessNeed.Read => nameof(AccessRights.FILE_MAP_READ),
        AccessNeed.ReadWrite => $"{nameof(AccessRights.FILE_MAP_READ)} | {nameof(AccessRights.FILE_MAP_WRITE)}",
        AccessNeed.Wait => nameof(AccessRights.SYNCHRONIZE),
        _ => nameof(AccessRights.SECTION_ALL_ACCESS),
    };

    /// <summary>True for events; the other kinds are sections.</summary>
    public static bool IsEvent(ObjectKind kind) => kind is ObjectKind.WakeEvent or ObjectKind.LockWakeUp;
}
