using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using WinMmf.Management.Catalogue;
using WinMmf.Management.Holders;
using WinMmf.Names;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>Get-SharedMemoryHolder: the processes that have a shared memory open.</summary>
[Cmdlet(VerbsCommon.Get, "SharedMemoryHolder")]
[OutputType(typeof(SharedMemoryHolder))]
public sealed class GetSharedMemoryHolderCommand : WaitingCommand
{
    /// <summary>Names or patterns.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamesOfObjects]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SharedNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>Memories of other programs that match a pattern, too.</summary>
    [Parameter]
    public SwitchParameter IncludeForeign { get; set; }

    /// <summary>Seconds after which the search ends with what it has found.</summary>
    [Parameter]
    [ValidateRange(0.1, 3600.0)]
    public override double TimeoutSec
    {
        get => base.TimeoutSec;
        set => base.TimeoutSec = value;
    }

    private protected override double DefaultTimeoutSec => 10;

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        // All reports first: a search for holders while the list is being walked would find this cmdlet itself.
        foreach (SharedMemoryReport report in new List<SharedMemoryReport>(
            TargetFinder.FindMemories(target, IncludeForeign ? ForeignNames.All : ForeignNames.Exact)))
        {
            if (report.Kind == SharedMemoryKind.Leftover)
                continue;
            SharedMemoryHolders? found = SharedMemoryHolders.Find(report.Name, Timeout, StoppingToken);
            if (found is null)
                continue;
            foreach (HolderReport holder in found.Holders)
                WriteObject(new SharedMemoryHolder(holder));
            Warn(found);
        }
    }

    private void Warn(SharedMemoryHolders found)
    {
        if (!found.IsComplete)
            WriteWarning($"{found.Name}: after {TimeoutSec.ToString(CultureInfo.InvariantCulture)} s not every process had been looked "
                + "at. Give more time with -TimeoutSec.");
        if (found.Hidden > 0)
            WriteWarning($"{found.Name}: {found.Hidden} more {(found.Hidden == 1 ? "handle is" : "handles are")} held by processes that "
                + "this account may not look into. Run this as an administrator (Linux: as root) to see them.");
    }
}
