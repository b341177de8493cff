using System.Management.Automation;
using WinMmf.Diagnostics;
using WinMmf.Memory;

namespace WinMmf.PowerShell;

/// <summary>Get-SharedMemoryInfo: lists the shared memories of this machine as Get-Process lists processes.</summary>
[Cmdlet(VerbsCommon.Get, "SharedMemoryInfo")]
[OutputType(typeof(SharedMemoryInfo))]
public sealed class GetSharedMemoryInfoCommand : WinMmfCommand
{
    /// <summary>Names or patterns.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SharedNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Where to look; both scopes if not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public NameScope? Scope { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
            Attempt(name, () => Write(name));
    }

    private void Write(string name)
    {
        foreach (SharedMemoryReport report in ReportFinder.Find(new NameFilter(name), Scope))
        {
            StoppingToken.ThrowIfCancellationRequested();
            WriteObject(new SharedMemoryInfo(report));
        }
    }
}
