using System.Collections.ObjectModel;
using System.Management.Automation;
using WinMmf.Names;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Frames;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>Use-SharedFrame: lends the newest frame, in place, to a script block.</summary>
[Cmdlet(VerbsOther.Use, "SharedFrame")]
[OutputType(typeof(object))]
public sealed class UseSharedFrameCommand : OwnedNameCommand
{
    /// <summary>Names or patterns.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamesOfObjects]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ChannelNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>What is done with the frame.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNull]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    private protected override SharedMemoryKind? PatternKind => SharedMemoryKind.FrameChannel;

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        Collection<PSObject> output;
        using (LeasedFrame leased = LeasedFrame.Take(target.Name, target.Scope, AskedTimeout, Owner, StoppingToken))
        {
            WarnIfInBothScopes(leased.ExistsInBothScopes, leased.Frame.Channel);
            WarnIfForeignOwner(leased.OwnerId, leased.Frame.Channel);
            if (!leased.Frame.IsInPlace)
                WriteVerbose($"{leased.Frame} was copied: this account may not lease, or too many others do.");

            // Collected, not streamed: what follows in the pipeline must not prolong the lease.
            output = ScriptBlock.InvokeWithContext(null, [new PSVariable("_", leased.Frame)], leased.Frame);
            Attempt(target.Name, leased.Release);
        }

        WriteObject(output, enumerateCollection: true);
    }
}
