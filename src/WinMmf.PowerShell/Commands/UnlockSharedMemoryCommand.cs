using System;
using System.Collections.Generic;
using System.Management.Automation;
using WinMmf.Locking;
using WinMmf.Management.Locks;
using WinMmf.Names;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Session;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>Unlock-SharedMemory: releases this session's lock; with -Force frees what dead owners have of a lock.</summary>
[Cmdlet(VerbsCommon.Unlock, "SharedMemory", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    DefaultParameterSetName = NameSet)]
[OutputType(typeof(SharedMemoryUnlockReport))]
public sealed class UnlockSharedMemoryCommand : NameCommand
{
    private const string ObjectSet = "InputObject";
    private const string NameSet = "Name";
    private const string ForceSet = "Force";

    /// <summary>Names or patterns.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ForceSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LockedNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>What Lock-SharedMemory gave.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [ValidateNotNullOrEmpty]
    public HeldLock[] InputObject { get; set; } = [];

    /// <summary>Where to look.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ForceSet)]
    public override NameScope? Scope { get; set; }

    /// <summary>Free what dead owners have. A living owner's lock is never taken.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ForceSet)]
    public SwitchParameter Force { get; set; }

    /// <summary>Only this owner, as Get-SharedMemoryLock names it, or its process id.</summary>
    [Parameter(ParameterSetName = ForceSet)]
    [ValidateNotNullOrEmpty]
    public string? OwnerId { get; set; }

    /// <summary>Remove what programs other than WinMmf have, too.</summary>
    [Parameter(ParameterSetName = ForceSet)]
    public SwitchParameter IncludeForeign { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ObjectSet)
        {
            GiveBack(InputObject);
            return;
        }

        base.ProcessRecord();
    }

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        if (Force)
            Rescue(target);
        else
            GiveBack(SharedMemorySession.Current.FindLocks(target));
    }

    private void GiveBack(IReadOnlyList<HeldLock> locks)
    {
        // The session's own lock is released without confirmation, unless -Confirm is given.
        bool ask = MyInvocation.BoundParameters.ContainsKey("Confirm") || IsWhatIf();
        foreach (HeldLock held in locks)
        {
            if (!ask || ShouldProcess(held.ToString(), "Give the lock back"))
                Attempt(held.Name, held.Release);
        }
    }

    private void Rescue(Target target)
    {
        foreach (SharedName name in TargetFinder.FindLocks(target))
        {
            StoppingToken.ThrowIfCancellationRequested();
            Attempt(name.Name, () => Rescue(name, target.IsPattern));
        }
    }

    private void Rescue(SharedName name, bool isOneOfMany)
    {
        LockReport report = LockInspector.Inspect(name.Name, name.Scope);
        if (isOneOfMany && report.Verdict is LockVerdict.Free or LockVerdict.Held or LockVerdict.Waiting)
            return;
        IReadOnlyList<string> steps = LockRecovery.Plan(report, OwnerId, IncludeForeign);
        if (steps.Count == 0)
        {
            WriteVerbose($"{name} is free; there is nothing to do.");
            return;
        }

        string what = $"{name}: {string.Join(" ", steps)}";
        if (MayAsk() && !ShouldProcess(what, $"{what}{Environment.NewLine}Do it?", "Unlock-SharedMemory -Force"))
            return;

        WriteObject(new SharedMemoryUnlockReport(LockRecovery.Recover(name, OwnerId, IncludeForeign, StoppingToken)));
    }
}
