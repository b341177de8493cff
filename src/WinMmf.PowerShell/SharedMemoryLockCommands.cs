using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Management.Automation;
using WinMmf.Locking;
using WinMmf.Management.Locks;
using WinMmf.Memory;
using WinMmf.Names;

namespace WinMmf.PowerShell;

/// <summary>What Lock- and Use-SharedMemory share: how a lock is taken.</summary>
public abstract class SharedMemoryLockCommand : WinMmfCommand
{
    private const double DefaultTimeoutSec = 10;

    /// <summary>Where to look.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public NameScope? Scope { get; set; }

    /// <summary>Seconds to wait for the lock.</summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public double TimeoutSec { get; set; } = DefaultTimeoutSec;

    /// <summary>What others see as the reason.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Label { get; set; }

    /// <summary>Opens a memory and takes its lock for this session; null if that is not to be done after all.</summary>
    /// <param name="name">The memory's name.</param>
    /// <param name="mode">For reading or writing.</param>
    /// <param name="isWanted">Asked once it is known which memory it is.</param>
    private protected HeldLock? Take(string name, LockMode mode, Func<SharedName, bool> isWanted)
    {
        NamedMemory? memory = NamedMemory.Open(name, Scope);
        try
        {
            WarnIfInBothScopes(memory.ExistsInBothScopes, memory.Name);
            if (!isWanted(memory.Name))
                return null;
            HeldLock held = HeldLock.Take(memory, mode, ToTimeSpan(TimeoutSec), Label ?? LockLabel.For(MyInvocation), SharedMemorySession.Current, StoppingToken);
            memory = null;
            if (StoppingToken.IsCancellationRequested)
                held.Dispose();
            StoppingToken.ThrowIfCancellationRequested();
            return held;
        }
        finally
        {
            memory?.Dispose();
        }
    }

    private protected void WarnIfSuspect(HeldLock held)
    {
        if (held.IsSuspect)
            WriteWarning($"The content of {held} is suspect: a writer died with the lock, and nobody has written since.");
    }
}

/// <summary>Lock-SharedMemory: takes the lock of a memory for this session.</summary>
[Cmdlet(VerbsCommon.Lock, "SharedMemory", SupportsShouldProcess = true)]
[OutputType(typeof(HeldLock))]
public sealed class LockSharedMemoryCommand : SharedMemoryLockCommand
{
    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LockedNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>With other readers, or alone.</summary>
    [Parameter(Position = 1)]
    public LockMode Mode { get; set; } = LockMode.Write;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
            Attempt(name, () => Take(name));
    }

    private void Take(string name)
    {
        HeldLock? held = Take(name, Mode, memory => ShouldProcess(memory.ToString(), Mode == LockMode.Read ? "Lock for reading" : "Lock for writing"));
        if (held is null)
            return;
        WarnIfSuspect(held);
        WriteObject(held);
    }
}

/// <summary>Unlock-SharedMemory: gives this session's lock back; with -Force frees what dead owners have of a lock.</summary>
[Cmdlet(VerbsCommon.Unlock, "SharedMemory", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(SharedMemoryUnlockReport))]
public sealed class UnlockSharedMemoryCommand : WinMmfCommand
{
    private const string ObjectSet = "InputObject";
    private const string NameSet = "Name";
    private const string ForceSet = "Force";

    /// <summary>Names or patterns.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ForceSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LockedNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>What Lock-SharedMemory gave.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [ValidateNotNullOrEmpty]
    public HeldLock[] InputObject { get; set; } = [];

    /// <summary>Where to look.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ForceSet)]
    public NameScope? Scope { get; set; }

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

        foreach (string name in Name)
        {
            if (Force)
                Attempt(name, () => Rescue(new NameFilter(name)));
            else
                Attempt(name, () => GiveBack(SharedMemorySession.Current.FindLocks(new NameFilter(name), Scope)));
        }
    }

    private void GiveBack(IReadOnlyList<HeldLock> locks)
    {
        // One's own lock is given back without a question, unless one is asked for.
        bool ask = MyInvocation.BoundParameters.ContainsKey("Confirm") || IsWhatIf();
        foreach (HeldLock held in locks)
        {
            if (!ask || ShouldProcess(held.ToString(), "Give the lock back"))
                Attempt(held.Name, held.Release);
        }
    }

    private void Rescue(NameFilter filter)
    {
        foreach (SharedName name in LockFinder.Find(filter, Scope))
        {
            StoppingToken.ThrowIfCancellationRequested();
            Attempt(name.Name, () => Rescue(name, filter.IsPattern));
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

/// <summary>Use-SharedMemory: opens a memory, locks it, runs a block, and gives everything back whatever happens.</summary>
[Cmdlet(VerbsOther.Use, "SharedMemory")]
[OutputType(typeof(object))]
public sealed class UseSharedMemoryCommand : SharedMemoryLockCommand
{
    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LockedNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>What is done under the lock.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNull]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>With other readers, or alone.</summary>
    [Parameter]
    public LockMode Lock { get; set; } = LockMode.Write;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
            Attempt(name, () => Use(name));
    }

    private void Use(string name)
    {
        Collection<PSObject> output;
        using (HeldLock held = Take(name, Lock, static _ => true)!)
        {
            WarnIfSuspect(held);
            using SharedMemory memory = new(NamedMemory.Open(name, held.Scope), isCreator: false, SharedMemorySession.Current);

            // Collected, not streamed: what comes next in the pipeline shall not prolong the lock.
            output = ScriptBlock.InvokeWithContext(null, [new PSVariable("_", memory)], memory);
        }

        WriteObject(output, enumerateCollection: true);
    }
}
