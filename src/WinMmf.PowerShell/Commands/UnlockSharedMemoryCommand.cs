using System;
using System.Collections.Generic;
using System.Management.Automation;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Management.Locks;
using WinMmf.Memory;
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
    private static readonly TimeSpan TrustTimeout = TimeSpan.FromSeconds(5);
    private const string ObjectSet = "InputObject";
    private const string NameSet = "Name";
    private const string ForceSet = "Force";

    /// <summary>Names or patterns.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ForceSet)]
    [NamesOfObjects(typeof(HeldLock))]
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
    [ScopeOfObject]
    public override NameScope? Scope { get; set; }

    /// <summary>Free what dead owners have. A living owner's lock is never taken.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ForceSet)]
    public SwitchParameter Force { get; set; }

    /// <summary>Take the data as good, so that the mark of a dead writer ends.</summary>
    [Parameter]
    public SwitchParameter Trust { get; set; }

    /// <summary>Only this owner, as Get-SharedMemoryLock names it, or its process id.</summary>
    [Parameter(ParameterSetName = ForceSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LockOwnerCompleter))]
    public string? OwnerId { get; set; }

    /// <summary>The account that the memory must belong to.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = ForceSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(OwnerCompleter))]
    public string? Owner { get; set; }

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
            ForEachLock(target, name => Free(name, target.IsPattern));
        else if (Trust && !SharedMemorySession.Current.HasLock(target))
            ForEachLock(target, End);
        else
            GiveBack(SharedMemorySession.Current.FindLocks(target));
    }

    private void ForEachLock(Target target, Action<SharedName> work)
    {
        foreach (SharedName name in TargetFinder.FindLocks(target))
        {
            StoppingToken.ThrowIfCancellationRequested();
            Attempt(name.Name, () => work(name));
        }
    }

    private void GiveBack(IReadOnlyList<HeldLock> locks)
    {
        // One's own lock is given back without a question, unless one is asked for.
        bool ask = Trust || MyInvocation.BoundParameters.ContainsKey("Confirm") || IsWhatIf();
        foreach (HeldLock held in locks)
        {
            string what = Trust && held.Suspect is SuspectMark mark ? $"Give the lock back. {Ending(mark)}" : "Give the lock back";
            if (!ask || !MayAsk() || ShouldProcess(held.ToString(), what))
                Attempt(held.Name, () => GiveBack(held));
        }
    }

    private void GiveBack(HeldLock held)
    {
        if (Trust)
            held.TrustContent();
        held.Release();
    }

    /// <summary>Ends the mark on a memory whose lock this session does not have.</summary>
    private void End(SharedName name)
    {
        LockReport report = LockInspector.Inspect(name.Name, name.Scope);
        if (report.Suspect is null && report.IsSuspect)
        {
            throw new WinMmfException(
                WinMmfErrorId.LockUndecided, $"The writer of {name} died and has the lock still. Free it first: -Force -Trust does both.");
        }

        if (report.Suspect is not SuspectMark mark)
            WriteVerbose($"The content of {name} is not suspect; there is nothing to do.");
        else
            End(name, mark);
    }

    private void End(SharedName name, SuspectMark mark)
    {
        using NamedMemory memory = OwnedMemory.Open(name, writable: true, Owner);
        if (!MayAsk() || ShouldProcess(name.ToString(), Ending(memory.Suspect ?? mark)))
            LockRecovery.Trust(memory, TrustTimeout, StoppingToken);
    }

    /// <summary>What this session has it gives back, which no living owner else does; then what dead owners left is freed.</summary>
    private void Free(SharedName name, bool isOneOfMany)
    {
        HeldLock? own = OwnerId is null ? SharedMemorySession.Current.FindLock(name) : null;
        if (own is null)
        {
            Rescue(name, isOneOfMany);
            return;
        }

        GiveBack([own]);
        if (!own.IsHeld)
            Rescue(name, isOneOfMany: true);
    }

    private static string Ending(SuspectMark mark) => $"End the mark of suspect content ({mark})";

    private void Rescue(SharedName name, bool isOneOfMany)
    {
        LockReport report = LockInspector.Inspect(name.Name, name.Scope);
        if (StepsFor(report, isOneOfMany).Count == 0)
        {
            WriteVerbose($"{name} is free; there is nothing to free.");
            if (Trust && report.Suspect is not null)
                End(name);
            return;
        }

        // What is asked about and done is what was opened: the look says no more than that this is worth it.
        using NamedMemory memory = OwnedMemory.Open(name, writable: true, Owner);
        IReadOnlyList<string> steps = StepsFor(LockInspector.Inspect(memory), isOneOfMany);
        if (Trust)
            steps = [.. steps, "Take the content as good: it keeps no mark."];
        string what = $"{name}: {string.Join(" ", steps)}";
        if (MayAsk() && !ShouldProcess(what, $"{what}{Environment.NewLine}Do it?", "Unlock-SharedMemory -Force"))
            return;

        LockRecoveryReport recovery = LockRecovery.Recover(memory, OwnerId, IncludeForeign, StoppingToken);
        if (Trust)
            LockRecovery.Trust(memory, TrustTimeout, StoppingToken);
        WriteObject(new SharedMemoryUnlockReport(recovery, steps, isSuspect: recovery.After.IsSuspect && !Trust));
    }

    private IReadOnlyList<string> StepsFor(LockReport report, bool isOneOfMany) =>
        isOneOfMany && report.Verdict is (LockVerdict.Free or LockVerdict.Held or LockVerdict.Waiting)
            ? []
            : LockRecovery.Plan(report, OwnerId, IncludeForeign);
}
