using System.Management.Automation;
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
    public virtual NameScope? Scope { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
            Attempt(name, () => Process(new Target(name, Scope)));
    }

    /// <summary>Works on what one name means.</summary>
    private protected abstract void Process(Target target);
}
