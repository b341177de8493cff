using System;
using System.Collections.Generic;
using WinMmf.Platform;
using WinMmf.Platform.Linux;

namespace WinMmf.Management.Platform.Linux;

/// <summary>Linux: the directory of shared memory, and /proc.</summary>
internal sealed class LinuxManagementPlatform : IManagementPlatform
{
    public LinuxManagementPlatform(LinuxPlatform core)
    {
        Core = core;
        Catalogue = new LinuxNameCatalogue(core.Files, core.Remover);
        Holders = new LinuxHolderFinder(core.Files);
        OwnFiles = new LinuxOwnFiles(ProgramTrust);
        Programs = new LinuxProgramStarter(ProgramTrust);
        Registrars = [new SystemdRegistrar(Programs)];
        Environment = new LinuxEnvironmentProbe(core.Files.Path);
    }

    public IPlatform Core { get; }

    public INameCatalogue Catalogue { get; }

    public IHolderFinder Holders { get; }

    public IEnvironmentProbe Environment { get; }

    public IControlPipes ControlPipes { get; } = new LinuxControlPipes();

    public ICameraFinder Cameras { get; } = new LinuxCameraFinder();

    public IProgramStarter Programs { get; }

    public IProgramTrust ProgramTrust { get; } = new LinuxProgramTrust();

    public IOwnFiles OwnFiles { get; }

    public IReadOnlyList<IRegistrar> Registrars { get; }

    public IEnumerable<string> DotNetFolders => ["/usr/share/dotnet", "/usr/lib/dotnet", "/usr/lib64/dotnet", "/usr/local/share/dotnet"];

    public string ProgramSuffix => "";

    public IDisposable? TryGuardTerminal(string restore) => LinuxTerminalGuard.TryStart(Programs, restore);

    public string HowToInstallFfmpeg => LinuxDistribution.HowToInstall("ffmpeg");
}
