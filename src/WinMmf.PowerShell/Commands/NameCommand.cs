using System.Collections.Generic;
using System.Management.Automation;
using WinMmf.Management.Catalogue;
using WinMmf.Names;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>A cmdlet that works on memories by their names, one after the other.</summary>
public abstract class NameCommand : WinMmfCommand
{
    /// <summary>
    /// The names. Each cmdlet declares whether they are mandatory, whether they may be patterns, and what completes them.
    /// </summary>
    public abstract string[] Name { get; set; }

    /// <summary>Where to look; both scopes if not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ScopeOfObject]
    public virtual NameScope? Scope { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
            Attempt(name, () => ProcessEach(TakesPatterns ? new Target(name, Scope) : Target.Literal(name, Scope)));
    }

    /// <summary>False for a cmdlet whose names have no wildcard characters, and so none to escape.</summary>
    private protected virtual bool TakesPatterns => true;

    /// <summary>
    /// What a pattern is a pattern of, for a cmdlet that works on one memory at a time: it then gets each one that matches. Null for a
    /// cmdlet that deals with patterns itself, or takes none.
    /// </summary>
    private protected virtual SharedMemoryKind? PatternKind => null;

    /// <summary>Works on what one name means.</summary>
    private protected abstract void Process(Target target);

    private void ProcessEach(Target target)
    {
        if (PatternKind is not SharedMemoryKind kind || !target.IsPattern)
        {
            Process(target);
            return;
        }

        // All that match first: the work may change what there is.
        List<SharedName> names = [];
        foreach (SharedMemoryReport report in TargetFinder.FindMemories(target))
        {
            if (report.Kind == kind)
                names.Add(report.Name);
        }

        foreach (SharedName name in names)
        {
            StoppingToken.ThrowIfCancellationRequested();
            Attempt(name.Name, () => Process(Target.Exact(name.Name, name.Scope)));
        }
    }
}
