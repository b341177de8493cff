using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using WinMmf.Platform.Windows;
using WinMmf.Platform.Windows.Native;
using WinMmf.Processes;

namespace WinMmf.Management.Platform.Windows;

/// <summary>
/// Holders by the system's list of handles: those of sections only, each duplicated and compared with our own. Names are
/// never asked for, because that question hangs on a pipe that its owner reads; duplicating a section's handle does not.
/// </summary>
internal sealed class WindowsHolderFinder : IHolderFinder
{
    private const uint DuplicateSameAccess = 2;
    private const int ObjectBasicInformationClass = 0;

    /// <inheritdoc/>
    public bool TryFind(HolderSearch search)
    {
        string fullName = WindowsObjectName.For(search.Name, string.Empty);
        int error = WindowsObjectDirectory.TryOpenToQuery(search.Name, out SafeKernelHandle section);
        using SafeKernelHandle own = section;
        if (WindowsError.IsNotFound(error))
            return false;
        if (error != 0)
            throw WindowsError.Opening(fullName, writable: false, string.Empty, error);

        Dictionary<uint, List<SystemHandleInformation>> sections = ReadSections(own);
        uint self = Kernel32.GetCurrentProcessId();
        int known = 1;
        foreach (KeyValuePair<uint, List<SystemHandleInformation>> process in sections)
        {
            if (!search.GoesOn())
                return true;
            FoundHolder? holder = Look(process.Key, process.Value, own, process.Key == self);
            if (holder is null)
                continue;
            known += holder.Handles;
            search.Add(holder);
        }

        uint length = (uint)Marshal.SizeOf<ObjectBasicInformation>();
        if (Ntdll.NtQueryObject(own, ObjectBasicInformationClass, out ObjectBasicInformation information, length, out _) >= 0)
            search.Hidden = Math.Max(0, (int)information.HandleCount - known);
        return true;
    }

    /// <summary>All handles of sections but our own one, by process. The number of that type is learnt from ours.</summary>
    private static Dictionary<uint, List<SystemHandleInformation>> ReadSections(SafeKernelHandle own)
    {
        List<SystemHandleInformation> table = WindowsHandleTable.Read();
        IntPtr ownHandle = own.DangerousGetHandle();
        uint self = Kernel32.GetCurrentProcessId();
        int type = table.FindIndex(entry => entry.Handle == ownHandle && IdOf(in entry) == self);
        Dictionary<uint, List<SystemHandleInformation>> sections = new();
        for (int i = 0; i < table.Count; i++)
        {
            SystemHandleInformation entry = table[i];
            if (type < 0 || i == type || entry.ObjectTypeIndex != table[type].ObjectTypeIndex)
                continue;
            if (!sections.TryGetValue(IdOf(in entry), out List<SystemHandleInformation>? handles))
                sections.Add(IdOf(in entry), handles = new List<SystemHandleInformation>());
            handles.Add(entry);
        }

        return sections;
    }

    private static uint IdOf(in SystemHandleInformation entry) => unchecked((uint)entry.ProcessId.ToInt64());

    private static FoundHolder? Look(uint processId, List<SystemHandleInformation> handles, SafeKernelHandle own, bool isSelf)
    {
        using SafeKernelHandle process = isSelf
            ? SafeKernelHandle.CurrentProcess()
            : Kernel32.OpenProcess(AccessRights.PROCESS_DUP_HANDLE | AccessRights.PROCESS_QUERY_LIMITED_INFORMATION, inherit: false, processId);
        if (process.IsInvalid && !isSelf)
            return null;

        int count = 0;
        bool canWrite = false;
        foreach (SystemHandleInformation handle in handles)
        {
            if (!IsSame(process, handle.Handle, own))
                continue;
            count++;
            canWrite |= (handle.GrantedAccess & AccessRights.FILE_MAP_WRITE) != 0;
        }

        if (count == 0)
            return null;

        ulong start = Kernel32.GetProcessTimes(process, out long creation, out _, out _, out _) ? (ulong)creation : 0;
        return new FoundHolder(new ProcessIdentity(processId, start, 0))
        {
            Account = WindowsAccount.TryNameOwnerOf(process),
            SessionId = Kernel32.ProcessIdToSessionId(processId, out uint session) ? (int)session : null,
            CanWrite = canWrite,
            Handles = count,
        };
    }

    private static bool IsSame(SafeKernelHandle process, IntPtr handle, SafeKernelHandle own)
    {
        bool made = Kernel32.DuplicateHandle(process, handle, Kernel32.GetCurrentProcess(), out SafeKernelHandle copy, 0, inherit: false, DuplicateSameAccess);
        using (copy)
            return made && KernelBase.CompareObjectHandles(copy, own);
    }
}
