using System;
using System.Collections.Generic;
using System.Management.Automation;
using WinMmf.Access;
using WinMmf.Names;

namespace WinMmf.PowerShell;

/// <summary>What the cmdlets that change access have in common: all objects of a memory in step, or none.</summary>
public abstract class AccessChangeCommand : WinMmfCommand
{
    /// <summary>Names or patterns.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SharedNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Where to look; both scopes if not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public NameScope? Scope { get; set; }

    /// <summary>Write how the access is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Plans the change for one memory.</summary>
    private protected abstract IEnumerable<AccessPlan> Plan(SharedName name);

    /// <summary>What is done, as the beginning of a sentence.</summary>
    private protected abstract string Action { get; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
            Attempt(name, () => Change(new NameFilter(name)));
    }

    private void Change(NameFilter filter)
    {
        List<AccessReport> targets = AccessTargets.Find(filter, Scope);
        if (!filter.IsPattern && targets.Count > 1)
        {
            targets.RemoveAll(target => target.Name.Scope != NameScope.Local);
            WarnIfInBothScopes(true, targets[0].Name);
        }

        foreach (AccessReport target in targets)
        {
            StoppingToken.ThrowIfCancellationRequested();
            Attempt(target.Name.Name, () => Change(target));
        }
    }

    private void Change(AccessReport target)
    {
        foreach (AccessPlan plan in Plan(target.Name))
        {
            foreach (AccessChangeStep step in plan.Steps)
                WriteVerbose($"{step.Target.FullName}: {step.Before} -> {step.After}");
            if (plan.Steps.Count == 0)
            {
                WriteVerbose($"{plan.Name} is so already; there is nothing to change.");
                continue;
            }

            string what = $"{plan.Name} ({plan.Steps.Count} {(plan.Steps.Count == 1 ? "object" : "objects")}, of {target.Main.Owner})";
            if (!MayAsk() || ShouldProcess(what, Action))
                plan.Apply();
        }

        if (PassThru && !IsWhatIf() && MemoryAccess.Read(target.Name) is AccessReport after)
            WriteObject(new SharedMemoryAccess(after));
    }
}
