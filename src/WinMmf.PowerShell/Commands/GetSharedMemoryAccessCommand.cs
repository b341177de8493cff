using System.Management.Automation;
using WinMmf.Access;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>Get-SharedMemoryAccess: shows who may use a shared memory.</summary>
[Cmdlet(VerbsCommon.Get, "SharedMemoryAccess")]
[OutputType(typeof(SharedMemoryAccess))]
public sealed class GetSharedMemoryAccessCommand : NameCommand
{
    /// <summary>Names or patterns.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamesOfObjects]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SharedNameCompleter))]
    public override string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        foreach (AccessReport report in TargetFinder.FindAccess(target))
        {
            StoppingToken.ThrowIfCancellationRequested();
            WriteObject(new SharedMemoryAccess(report));
        }
    }
}
