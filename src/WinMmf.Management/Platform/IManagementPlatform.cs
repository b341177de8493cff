using System;
using System.Collections.Generic;
using WinMmf.Platform;

namespace WinMmf.Management.Platform;

/// <summary>What administration asks of the operating system beyond what the core needs, one interface a concern.</summary>
internal interface IManagementPlatform
{
    /// <summary>What the core asks of it.</summary>
    IPlatform Core { get; }

    /// <summary>Which names exist on this machine.</summary>
    INameCatalogue Catalogue { get; }

    /// <summary>Which processes hold what.</summary>
    IHolderFinder Holders { get; }

    /// <summary>What may stand in the way on this machine.</summary>
    IEnvironmentProbe Environment { get; }

    /// <summary>Control pipes, as a client sees them.</summary>
    IControlPipes ControlPipes { get; }

    /// <summary>Which cameras there are.</summary>
    ICameraFinder Cameras { get; }

    /// <summary>Starts programs.</summary>
    IProgramStarter Programs { get; }

    /// <summary>Who decides what a program is.</summary>
    IProgramTrust ProgramTrust { get; }

    /// <summary>Files of this account's own.</summary>
    IOwnFiles OwnFiles { get; }

    /// <summary>What can start publishers together with the machine, the usual one first.</summary>
    IReadOnlyList<IRegistrar> Registrars { get; }

    /// <summary>Where .NET's installers put it.</summary>
    IEnumerable<string> DotNetFolders { get; }

    /// <summary>What the name of an executable file ends in: ".exe", or nothing.</summary>
    string ProgramSuffix { get; }

    /// <summary>Sees to it that a terminal is put in order when this process is killed while it draws there.</summary>
    /// <param name="restore">What is then written to the terminal.</param>
    /// <returns>What to dispose of when the terminal is in order again; null where the system offers no such thing.</returns>
    IDisposable? TryGuardTerminal(string restore);

    /// <summary>How to install ffmpeg here, as a sentence.</summary>
    string HowToInstallFfmpeg { get; }
}
