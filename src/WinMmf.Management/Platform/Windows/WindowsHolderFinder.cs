using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using WinMmf.Platform.Windows;
using WinMmf.Platform.Windows.Native;
using WinMmf.Processes;

namespace WinMmf.Management.Platform.Windows;

/// <summary>
/// Holders by the system's list of handles: by the object that it tells, or else those of sections, each duplicated and compared with our
/// own until all that the system counts are found. Names are never asked for, because that question hangs on a pipe that its owner reads;
/// duplicating a section's handle has no such effect.
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

        uint self = Kernel32.GetCurrentProcessId();
        WindowsHolderCandidates candidates = WindowsHolderCandidates.Choose(
            WindowsHandleTable.Read(), own.DangerousGetHandle(), self, WindowsProcessTable.ListPrograms);
        int? counted = CountHandles(own);
        int known = 1;
        foreach (KeyValuePair<uint, List<SystemHandleInformation>> process in candidates.Processes)
        {
            if (!search.GoesOn())
                return true;

            // Skips processes that cannot have a handle any more.
            if (known >= counted)
                break;
            FoundHolder? holder = candidates.IsExact
                ? Describe(process.Key, process.Value)
                : Look(process.Key, process.Value, own, process.Key == self);
            if (holder is null)
                continue;
            known += holder.Handles;
            search.Add(holder);
        }

        search.Hidden = Math.Max(0, (counted ?? known) - known);
        return true;
    }

    private static int? CountHandles(SafeKernelHandle own)
    {
        uint length = (uint)Marshal.SizeOf<ObjectBasicInformation>();
        return Ntdll.NtQueryObject(own, ObjectBasicInformationClass, out ObjectBasicInformation information, length, out _) >= 0
            ? (int)information.HandleCount
            : null;
    }

    /// <summary>A process whose handles are known to be the section's: nothing but who it is has to be asked.</summary>
    private static FoundHolder Describe(uint processId, List<SystemHandleInformation> handles)
    {
        using SafeKernelHandle process = Kernel32.OpenProcess(AccessRights.PROCESS_QUERY_LIMITED_INFORMATION, inherit: false, processId);
        return Describe(processId, process, handles);
    }

    /// <summary>A process that has handles of sections; null if none is ours, or if it may not be looked into.</summary>
    private static FoundHolder? Look(uint processId, List<SystemHandleInformation> handles, SafeKernelHandle own, bool isSelf)
    {
        using SafeKernelHandle process = isSelf
            ? SafeKernelHandle.CurrentProcess()
            : Kernel32.OpenProcess(
                AccessRights.PROCESS_DUP_HANDLE | AccessRights.PROCESS_QUERY_LIMITED_INFORMATION, inherit: false, processId);
        if (process.IsInvalid && !isSelf)
            return null;
        List<SystemHandleInformation> same = handles.FindAll(handle => IsSame(process, handle.Handle, own));
        return same.Count == 0 ? null : Describe(processId, process, same);
    }

    private static FoundHolder Describe(uint processId, SafeKernelHandle process, List<SystemHandleInformation> handles)
    {
        ulong start = 0;
        if (Kernel32.GetProcessTimes(process, out long creation, out _, out _, out _))
            start = (ulong)creation;
        else if (WindowsProcessTable.TryFind(processId, out ulong listed, out _) == true)
            start = listed;
        return new FoundHolder(new ProcessIdentity(processId, start, 0))
        {
            Account = WindowsAccount.TryNameOwnerOf(process),
            SessionId = Kernel32.ProcessIdToSessionId(processId, out uint session) ? (int)session : null,
            CanWrite = handles.Exists(static handle => (handle.GrantedAccess & AccessRights.FILE_MAP_WRITE) != 0),
            Handles = handles.Count,
        };
    }

    private static bool IsSame(SafeKernelHandle process, IntPtr handle, SafeKernelHandle own)
    {
        bool made = Kernel32.DuplicateHandle(
            process, handle, Kernel32.GetCurrentProcess(), out SafeKernelHandle copy, 0, inherit: false, DuplicateSameAccess);
        using (copy)
            return made && KernelBase.CompareObjectHandles(copy, own);
    }
}
