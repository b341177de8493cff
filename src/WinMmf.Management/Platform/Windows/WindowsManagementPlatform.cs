using System;
using System.Collections.Generic;
using System.IO;
using WinMmf.Platform;
using WinMmf.Platform.Windows;

namespace WinMmf.Management.Platform.Windows;

/// <summary>Windows: the directories of the kernel's objects, and the table of all handles.</summary>
internal sealed class WindowsManagementPlatform : IManagementPlatform
{
    /// <summary>Makes the implementations; none of them asks the system anything before it is used.</summary>
    public WindowsManagementPlatform(WindowsPlatform core)
    {
        Core = core;
        Programs = new WindowsProgramStarter(ProgramTrust);
        Registrars = [new ServiceRegistrar(), new TaskRegistrar(Programs)];
    }

    public IPlatform Core { get; }

    public INameCatalogue Catalogue { get; } = new WindowsNameCatalogue();

    public IHolderFinder Holders { get; } = new WindowsHolderFinder();

    public IEnvironmentProbe Environment { get; } = new WindowsEnvironmentProbe();

    public IControlPipes ControlPipes { get; } = new WindowsControlPipes();

    public ICameraFinder Cameras { get; } = new WindowsCameraFinder();

    public IProgramStarter Programs { get; }

    public IProgramTrust ProgramTrust { get; } = new WindowsProgramTrust();

    public IOwnFiles OwnFiles { get; } = new WindowsOwnFiles();

    public IReadOnlyList<IRegistrar> Registrars { get; }

    public IEnumerable<string> DotNetFolders =>
        [Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.ProgramFiles), "dotnet")];

    public string ProgramSuffix => ".exe";

    /// <summary>A program that would outlive this one would have no console to write to.</summary>
    public IDisposable? TryGuardTerminal(string restore) => null;

    public string HowToInstallFfmpeg =>
        "Install it with: winget install Gyan.FFmpeg, or unpack a build from https://ffmpeg.org/download.html.";
}
