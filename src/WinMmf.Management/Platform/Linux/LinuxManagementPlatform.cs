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
        Environment = new LinuxEnvironmentProbe(core.Files.Path);
    }

    public IPlatform Core { get; }

    public INameCatalogue Catalogue { get; }

    public IHolderFinder Holders { get; }

    public IEnvironmentProbe Environment { get; }

    public IControlPipes ControlPipes { get; } = new LinuxControlPipes();

    public IProgramStarter Programs { get; } = new LinuxProgramStarter();

    public string ProgramSuffix => "";

    public string HowToInstallFfmpeg => LinuxDistribution.HowToInstall("ffmpeg");
}
