using System.Collections.Generic;
using System.Management.Automation;
using WinMmf.Access;
using WinMmf.Names;
using WinMmf.PowerShell.Advice;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>What the cmdlets that change access have in common: all objects of a memory in step, or none.</summary>
public abstract class AccessChangeCommand : NameCommand
{
    /// <summary>Names or patterns.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamesOfObjects]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SharedNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>Do it without a question.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Write how the access is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Plans the change for one memory.</summary>
    private protected abstract IEnumerable<AccessPlan> Plan(SharedName name);

    /// <inheritdoc/>
    private protected sealed override void Process(Target target)
    {
        List<AccessReport> found = TargetFinder.FindAccess(target);
        if (!target.IsPattern && found.Count > 1)
        {
            found.RemoveAll(report => report.Name.Scope != NameScope.Local);
            WarnIfInBothScopes(true, found[0].Name);
        }

        foreach (AccessReport report in found)
        {
            StoppingToken.ThrowIfCancellationRequested();
            Attempt(report.Name.Name, () => Change(report));
        }
    }

    private void Change(AccessReport before)
    {
        foreach (AccessPlan plan in Plan(before.Name))
        {
            foreach (AccessChangeStep step in plan.Steps)
                WriteVerbose($"{step.Target.FullName}: {step.Before} -> {step.After}");
            if (plan.Steps.Count == 0)
            {
                WriteVerbose($"{plan.Name} is so already; there is nothing to change.");
                continue;
            }

            string what = $"{plan.Name} ({plan.Steps.Count} {(plan.Steps.Count == 1 ? "object" : "objects")}, of {before.Main.Owner})";
            if (!MayAsk(Force) || ShouldProcess(what, AccessText.Describe(plan, before.Kind)))
                plan.Apply();
        }

        if (PassThru && !IsWhatIf() && MemoryAccess.Read(before.Name) is AccessReport after)
            WriteObject(new SharedMemoryAccess(after));
    }
}
