using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Health;
using WinMmf.Names;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>A cmdlet that holds publishers against limits.</summary>
public abstract class HealthCommand : NameCommand
{
    /// <summary>The oldest that the newest frame may be, seconds.</summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public double MaxAgeSec { get; set; } = HealthLimits.DefaultMaxAgeSec;

    /// <summary>The fewest frames a second.</summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public double? MinFrameRate { get; set; }

    /// <summary>Looks at what a target means: a name, or all channels that match a pattern and were not told to end.</summary>
    /// <param name="target">The name or pattern.</param>
    /// <param name="sampleSec">How long to count frames, seconds.</param>
    private protected IReadOnlyList<HealthReport> Examine(Target target, double sampleSec)
    {
        List<SharedName> names = target.IsPattern
            ? [.. TargetFinder.FindChannels(target).Where(static channel => channel.State != ChannelState.Stopped)
                .Select(channel => channel.Name)]
            : [HealthExamination.Resolve(target.Name, target.Scope)];
        bool isGiven = MyInvocation.BoundParameters.ContainsKey(nameof(MaxAgeSec));
        HealthLimits limits = new(isGiven ? ToTimeSpan(MaxAgeSec) : null, MinFrameRate, ToTimeSpan(sampleSec));
        return HealthExamination.Examine(names, limits, StoppingToken);
    }
}
