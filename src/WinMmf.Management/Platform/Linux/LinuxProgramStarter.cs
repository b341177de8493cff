using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using WinMmf.Management.Programs;

namespace WinMmf.Management.Platform.Linux;

/// <summary>
/// The runtime opens every descriptor with O_CLOEXEC, so a program gets three pipes and what this process inherited itself. The publisher
/// closes that in its first moments (<c>InheritedDescriptors</c>), because nothing can be closed between fork and exec here.
/// </summary>
internal sealed class LinuxProgramStarter : IProgramStarter
{
    private readonly IProgramTrust _trust;

    public LinuxProgramStarter(IProgramTrust trust) => _trust = trust;

    public string NeutralFolder => "/";

    public StartedProgram Start(string fileName, IEnumerable<string> arguments, bool outlivesUs)
    {
        TrustedProgram.Check(_trust, fileName);
        ProcessStartInfo info = new()
        {
            FileName = fileName,
            Arguments = CommandLine.Join(arguments),
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = NeutralFolder,
        };
        return new Started(Process.Start(info) ?? throw new Win32Exception("The system started no process."));
    }

    private sealed class Started : StartedProgram
    {
        private readonly Process _process;

        public Started(Process process)
        {
            _process = process;
            Input = process.StandardInput.BaseStream;
            Output = process.StandardOutput.BaseStream;
            Errors = process.StandardError.BaseStream;
        }

        public override int Id => _process.Id;

        public override Stream Input { get; }

        public override Stream Output { get; }

        public override Stream Errors { get; }

        public override int ExitCode => _process.ExitCode;

        public override bool WaitForExit(TimeSpan timeout) =>
            _process.WaitForExit((int)Math.Min(int.MaxValue, timeout.TotalMilliseconds));

        public override void Kill()
        {
            try
            {
                _process.Kill();
            }
            catch (Exception e) when (e is InvalidOperationException or Win32Exception)
            {
                // It has ended meanwhile.
            }
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing)
                _process.Dispose();
        }
    }
}
