using System;
using System.Runtime.InteropServices;
using WinMmf.Errors;
using WinMmf.Platform.Windows.Native;
using WinMmf.Residency;

namespace WinMmf.Platform.Windows;

/// <summary>Memory that is not paged out, memory in large pages, and what Windows says that there is of both (design N7).</summary>
internal static class WindowsResidency
{
    private const int PageSize = 4096;
    private const int PagesAtOnce = 1024;
    private const long Slack = 1 << 20;

    /// <summary>A size in whole large pages; 0 where the processor has none.</summary>
    public static long RoundUpToLargePages(long size)
    {
        long page = (long)Kernel32.GetLargePageMinimum().ToUInt64();
        return page <= 0 ? 0 : checked((size + page - 1) / page * page);
    }

    /// <summary>Keeps a view in memory.</summary>
    /// <exception cref="WinMmfException">LockedMemoryLimit.</exception>
    public static void Lock(SafeViewHandle view, long size, string fullName)
    {
        // Locked pages count against the least working set, which is 200 KiB by default. If that is refused, locking itself reports the
        // error.
        WindowsPrivilege.TryEnable(WindowsPrivilege.IncreaseWorkingSet);
        IntPtr self = Kernel32.GetCurrentProcess();
        if (Kernel32.GetProcessWorkingSetSize(self, out UIntPtr least, out UIntPtr most))
            Kernel32.SetProcessWorkingSetSize(self, Add(least, size + Slack), Add(most, size + Slack));
        if (!Kernel32.VirtualLock(view, (UIntPtr)(ulong)size))
            throw WindowsError.LockRefused(fullName, size, Marshal.GetLastWin32Error());
    }

    /// <summary>What this process's view has, page by page.</summary>
    public static ResidentBytes Measure(IntPtr address, long size)
    {
        long locked = 0;
        long large = 0;
        IntPtr self = Kernel32.GetCurrentProcess();
        for (long at = 0; at < size; at += (long)PagesAtOnce * PageSize)
        {
            WorkingSetPage[] pages = new WorkingSetPage[(int)Math.Min(PagesAtOnce, (size - at + PageSize - 1) / PageSize)];
            for (int i = 0; i < pages.Length; i++)
                pages[i].Address = new IntPtr(address.ToInt64() + at + ((long)i * PageSize));
            if (!Kernel32.K32QueryWorkingSetEx(self, pages, (uint)(pages.Length * Marshal.SizeOf<WorkingSetPage>())))
                break;
            foreach (WorkingSetPage page in pages)
            {
                locked += page.IsLocked ? PageSize : 0;
                large += page.IsLargePage ? PageSize : 0;
            }
        }

        return new ResidentBytes(Math.Min(locked, size), Math.Min(large, size));
    }

    private static UIntPtr Add(UIntPtr value, long more) =>
        (UIntPtr)Math.Min(value.ToUInt64() + (ulong)more, UIntPtr.Size == 4 ? int.MaxValue : (ulong)long.MaxValue);
}
