using System;
using System.Collections.Generic;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Management.EnvironmentChecks;
using WinMmf.Management.Platform;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Processes;
using WinMmf.Security;

namespace WinMmf.Management.Tests.EnvironmentChecks;

/// <summary>A machine that says what it is told to say, for examinations.</summary>
internal sealed class FakePlatform : IPlatform, IManagementPlatform, IEnvironmentProbe, INameCatalogue, IPrivilegeStore
{
    public EnvironmentFinding Finding { get; } = new(EnvironmentCheck.SharedMemory, EnvironmentStatus.Warning, "little", "more");

    public bool RefusesPrivileges { get; init; }

    public IPlatform Core => this;

    public ISectionStore Sections => throw new NotSupportedException();

    public IChannelStore Channels => throw new NotSupportedException();

    public IMemoryStore Memories => throw new NotSupportedException();

    public ServiceLoop Services => throw new NotSupportedException();

    public IProcessProbe Processes => throw new NotSupportedException();

    public INameCatalogue Catalogue => this;

    public IHolderFinder Holders => throw new NotSupportedException();

    public ICameraFinder Cameras => throw new NotSupportedException();

    public IProgramStarter Programs => throw new NotSupportedException();

    public IProgramTrust ProgramTrust { get; init; } = new FakeTrust();

    public IOwnFiles OwnFiles => throw new NotSupportedException();

    public IReadOnlyList<IRegistrar> Registrars => throw new NotSupportedException();

    public IEnumerable<string> DotNetFolders { get; init; } = [];

    public IControlPipes ControlPipes => throw new NotSupportedException();

    public IEnvironmentProbe Environment => this;

    public IPrivilegeStore Privileges => this;

    public IAccessStore Access => throw new NotSupportedException();

    public ILockTableStore LockTables => throw new NotSupportedException();

    public string ProgramSuffix { get; init; } = "";

    public IDisposable? TryGuardTerminal(string restore) => null;

    public string HowToInstallFfmpeg => "Install it.";

    public string DescribeSession() => "a fake session";

    public IEnumerable<EnvironmentFinding> ExamineMemory() => [Finding];

    public IEnumerable<EnvironmentFinding> ExamineCameras() => [new(EnvironmentCheck.Camera, EnvironmentStatus.Ok, "none")];

    public IReadOnlyList<SharedName> List(NameScope scope) => [];

    public bool Exists(SharedName name) => false;

    public IReadOnlyList<SharedName> ListElsewhere() => [];

    public string DescribeElsewhere(uint whose) => "somebody";

    public LeftoverSection? LookAtLeftover(SharedName name) => null;

    public IReadOnlyList<SharedName> ListForeign(NameScope scope) => [];

    public ForeignSection? LookAtForeign(SharedName name) => null;

    public PrivilegeReport Read(SystemPrivilege privilege, string? account) => RefusesPrivileges
        ? throw new WinMmfException(WinMmfErrorId.SystemError, "No.")
        : new PrivilegeReport(privilege, "somebody") { IsHeld = false, Message = "It is not there." };

    public void ThrowIfFixed(SystemPrivilege privilege) => throw new NotSupportedException();

    public void Grant(SystemPrivilege privilege, string account) => throw new NotSupportedException();

    public void Revoke(SystemPrivilege privilege, string account) => throw new NotSupportedException();
}
