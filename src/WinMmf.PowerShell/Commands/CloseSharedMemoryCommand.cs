using System;
using System.Collections.Generic;
using System.Management.Automation;
using WinMmf.Errors;
using WinMmf.Management.Catalogue;
using WinMmf.Management.Control;
using WinMmf.Names;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Session;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>Close-SharedMemory: closes memories that this session holds.</summary>
[Cmdlet(VerbsCommon.Close, "SharedMemory", SupportsShouldProcess = true, DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(void))]
public sealed class CloseSharedMemoryCommand : NameCommand
{
    private const string ObjectSet = "InputObject";
    private const string NameSet = "Name";
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    /// <summary>Names or patterns.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [NamesOfObjects(typeof(SharedMemory))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HeldNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>Only what is visible there.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [ScopeOfObject]
    public override NameScope? Scope { get; set; }

    /// <summary>End the process that keeps it alive, too.</summary>
    [Parameter(ParameterSetName = NameSet)]
    public SwitchParameter StopKeeper { get; set; }

    /// <summary>What New-SharedMemory, Open-SharedMemory or Get-SharedMemory gave.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [ValidateNotNullOrEmpty]
    public SharedMemory[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ObjectSet)
        {
            Close(InputObject);
            return;
        }

        base.ProcessRecord();
    }

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        if (!StopKeeper)
        {
            Close(SharedMemorySession.Current.Find(target));
            return;
        }

        // Looked for first: a memory that this session closes may disappear.
        List<SharedMemoryReport> kept = [.. TargetFinder.FindMemories(target)];
        kept.RemoveAll(report => string.IsNullOrEmpty(report.Origin?.KeeperEndpoint) || (target.IsPattern && report.OwnerProgram is null));
        if (kept.Count == 0 && !target.IsPattern)
            throw new WinMmfException(WinMmfErrorId.NotKept, $"No process keeps '{target.Name}' alive.", target.ToFacts());
        foreach (SharedMemoryReport report in kept)
        {
            if (!ShouldProcess($"{report.Name} (process {report.Owner.ProcessId})", "Close, and end the process that keeps it"))
                continue;
            foreach (SharedMemory memory in SharedMemorySession.Current.List())
            {
                if (memory.Memory == report.Name)
                    memory.Dispose();
            }

            Attempt(report.Name.Name, () => MemoryKeeper.Stop(report.Name, report.Origin!, EndLimit, StoppingToken));
        }
    }

    private void Close(IReadOnlyList<SharedMemory> memories)
    {
        foreach (SharedMemory memory in memories)
        {
            if (ShouldProcess(memory.ToString(), "Close"))
                memory.Dispose();
        }
    }
}
