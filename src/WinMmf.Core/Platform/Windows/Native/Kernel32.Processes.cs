using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace WinMmf.Platform.Windows.Native;

/// <summary>Processes and sessions.</summary>
internal static partial class Kernel32
{
    /// <summary>The pseudo handle of this process; it needs no closing.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern IntPtr GetCurrentProcess();

    /// <summary>The id of this process.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern uint GetCurrentProcessId();

    /// <summary>The pseudo handle of this thread; it needs no closing.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern IntPtr GetCurrentThread();

    /// <summary>Opens a process by its id.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern SafeKernelHandle OpenProcess(uint access, [MarshalAs(UnmanagedType.Bool)] bool inherit, uint processId);

    /// <summary>Ends a process at once.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool TerminateProcess(SafeKernelHandle process, uint exitCode);

    /// <summary>When a process began, ended, and what it used; all as FILETIME.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool GetProcessTimes(SafeKernelHandle process, out long creation, out long exit, out long kernel, out long user);

    /// <summary>The path of a process's program.</summary>
    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool QueryFullProcessImageNameW(SafeKernelHandle process, uint flags, [Out] char[] name, ref uint length);

    public const uint CreateNoWindow = 0x0800_0000;
    public const uint BreakAwayFromJob = 0x0100_0000;
    public const uint ExtendedStartupInformation = 0x0008_0000;

    /// <summary>PROC_THREAD_ATTRIBUTE_HANDLE_LIST.</summary>
    public static readonly IntPtr HandleListAttribute = (IntPtr)0x0002_0002;

    /// <summary>Starts a program.</summary>
    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool CreateProcessW(
        string program,
        [In, Out] char[] commandLine,
        IntPtr processSecurity,
        IntPtr threadSecurity,
        [MarshalAs(UnmanagedType.Bool)] bool inheritHandles,
        uint flags,
        IntPtr environment,
        string folder,
        in StartupInformation startup,
        out ProcessInformation process);

    /// <summary>Makes a list of attributes in memory of the caller's; with none it gives the size.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool InitializeProcThreadAttributeList(IntPtr list, int count, uint flags, ref IntPtr size);

    /// <summary>Sets one attribute; its value must stay where it is until the list is deleted.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool UpdateProcThreadAttribute(
        IntPtr list, uint flags, IntPtr attribute, IntPtr value, IntPtr size, IntPtr previous, IntPtr returnedSize);

    /// <summary>Ends a list of attributes.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern void DeleteProcThreadAttributeList(IntPtr list);

    /// <summary>Waits until a process has ended; 0 if it has.</summary>
    [DllImport("kernel32.dll", EntryPoint = "WaitForSingleObject", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern uint WaitForProcess(SafeProcessHandle process, uint milliseconds);

    /// <summary>What a process ended with; 259 while it runs.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool GetExitCodeProcess(SafeProcessHandle process, out int code);

    /// <summary>Ends a process at once.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool TerminateProcess(SafeProcessHandle process, uint code);

    /// <summary>The session in which a process runs.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool ProcessIdToSessionId(uint processId, out uint sessionId);
}

/// <summary>STARTUPINFOEXW.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct StartupInformation
{
    /// <summary>STARTF_USESTDHANDLES.</summary>
    public const uint UseStandardHandles = 0x100;

    public uint Size;
    public IntPtr Reserved;
    public IntPtr Desktop;
    public IntPtr Title;
    public uint X;
    public uint Y;
    public uint Width;
    public uint Height;
    public uint Columns;
    public uint Rows;
    public uint Fill;
    public uint Flags;
    public ushort Show;
    public ushort ReservedSize;
    public IntPtr ReservedBytes;
    public IntPtr Input;
    public IntPtr Output;
    public IntPtr Errors;
    public IntPtr Attributes;
}

/// <summary>PROCESS_INFORMATION.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ProcessInformation
{
    public IntPtr Process;
    public IntPtr Thread;
    public int ProcessId;
    public int ThreadId;
}
