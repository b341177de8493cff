using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using WinMmf.Management.Programs;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Management.Platform.Windows;

/// <summary>
/// The runtime hands every inheritable handle on, so a program that outlives a captured shell keeps the shell's pipe open and its caller
/// waiting. Here a list says which handles are inherited, and a program that is to outlive this process leaves its job.
/// </summary>
internal sealed unsafe class WindowsProgramStarter : IProgramStarter
{
    /// <summary>As much as a frame of a small camera, so that a decoder seldom waits for its reader.</summary>
    private const int OutputBytes = 1 << 20;

    private const int AccessDenied = 5;

    private readonly IProgramTrust _trust;

    public WindowsProgramStarter(IProgramTrust trust) => _trust = trust;

    public string NeutralFolder => Environment.SystemDirectory;

    public StartedProgram Start(string fileName, IEnumerable<string> arguments, bool outlivesUs)
    {
        TrustedProgram.Check(_trust, fileName);
        using AnonymousPipe input = AnonymousPipe.Make(childWrites: false, 0);
        using AnonymousPipe output = AnonymousPipe.Make(childWrites: true, OutputBytes);
        using AnonymousPipe errors = AnonymousPipe.Make(childWrites: true, 0);
        string line = CommandLine.Join([fileName, .. arguments]);
        bool isBound = false;
        ProcessInformation process;
        try
        {
            process = Create(fileName, line, input, output, errors, outlivesUs);
        }
        catch (Win32Exception e) when (outlivesUs && e.NativeErrorCode == AccessDenied)
        {
            // The job that this process is in lets none of its processes leave.
            process = Create(fileName, line, input, output, errors, leavesJob: false);
            isBound = true;
        }

        _ = Kernel32.CloseHandle(process.Thread);
        return new Started(new SafeProcessHandle(process.Process, ownsHandle: true), process.ProcessId, isBound, input, output, errors);
    }

    private ProcessInformation Create(
        string fileName, string line, AnonymousPipe input, AnonymousPipe output, AnonymousPipe errors, bool leavesJob)
    {
        IntPtr* handles = stackalloc IntPtr[3] { input.ChildEnd, output.ChildEnd, errors.ChildEnd };
        using InheritedHandles list = new(handles, 3);
        StartupInformation startup = new()
        {
            Size = (uint)sizeof(StartupInformation),
            Flags = StartupInformation.UseStandardHandles,
            Input = handles[0],
            Output = handles[1],
            Errors = handles[2],
            Attributes = list.Address,
        };
        uint flags = Kernel32.CreateNoWindow | Kernel32.ExtendedStartupInformation | (leavesJob ? Kernel32.BreakAwayFromJob : 0);

        // The system writes into the text.
        char[] text = (line + '\0').ToCharArray();
        return Kernel32.CreateProcessW(
            fileName, text, IntPtr.Zero, IntPtr.Zero, inheritHandles: true, flags, IntPtr.Zero, NeutralFolder, startup,
                out ProcessInformation process)
            ? process
            : throw new Win32Exception(Marshal.GetLastWin32Error());
    }

    /// <summary>PROC_THREAD_ATTRIBUTE_LIST with one entry: the handles that are inherited.</summary>
    private readonly ref struct InheritedHandles
    {
        public InheritedHandles(IntPtr* handles, int count)
        {
            IntPtr size = IntPtr.Zero;
            _ = Kernel32.InitializeProcThreadAttributeList(IntPtr.Zero, 1, 0, ref size);
            Address = Marshal.AllocHGlobal(size);
            if (!Kernel32.InitializeProcThreadAttributeList(Address, 1, 0, ref size))
            {
                int error = Marshal.GetLastWin32Error();
                Marshal.FreeHGlobal(Address);
                throw new Win32Exception(error);
            }

            if (!Kernel32.UpdateProcThreadAttribute(
                Address, 0, Kernel32.HandleListAttribute, (IntPtr)handles, (IntPtr)(count * sizeof(IntPtr)), IntPtr.Zero, IntPtr.Zero))
            {
                int error = Marshal.GetLastWin32Error();
                Dispose();
                throw new Win32Exception(error);
            }
        }

        public IntPtr Address { get; }

        public void Dispose()
        {
            Kernel32.DeleteProcThreadAttributeList(Address);
            Marshal.FreeHGlobal(Address);
        }
    }

    private sealed class Started : StartedProgram
    {
        private readonly SafeProcessHandle _process;

        public Started(
            SafeProcessHandle process, int id, bool isBound, AnonymousPipe input, AnonymousPipe output, AnonymousPipe errors)
        {
            _process = process;
            Id = id;
            IsBoundToJob = isBound;
            Input = input.TakeOurEnd(FileAccess.Write);
            Output = output.TakeOurEnd(FileAccess.Read);
            Errors = errors.TakeOurEnd(FileAccess.Read);
        }

        public override int Id { get; }

        public override bool IsBoundToJob { get; }

        public override Stream Input { get; }

        public override Stream Output { get; }

        public override Stream Errors { get; }

        public override SafeProcessHandle? Handle => _process;

        public override int ExitCode =>
            Kernel32.GetExitCodeProcess(_process, out int code) ? code : throw new Win32Exception(Marshal.GetLastWin32Error());

        public override bool WaitForExit(TimeSpan timeout) =>
            Kernel32.WaitForProcess(_process, (uint)(int)Math.Min(int.MaxValue, timeout.TotalMilliseconds)) == 0;

        public override void Kill() => _ = Kernel32.TerminateProcess(_process, uint.MaxValue);

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing)
                _process.Dispose();
        }
    }
}
