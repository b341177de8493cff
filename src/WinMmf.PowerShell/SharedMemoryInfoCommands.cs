using System;
using System.Diagnostics;
using System.Management.Automation;
using WinMmf.Management.Catalogue;
using WinMmf.Names;

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

    /// <summary>Memories of other programs, too.</summary>
    [Parameter]
    public SwitchParameter IncludeForeign { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
            Attempt(name, () => Write(name));
    }

    private void Write(string name)
    {
        foreach (SharedMemoryReport report in ReportFinder.Find(new NameFilter(name), Scope, IncludeForeign ? ForeignNames.All : ForeignNames.None))
        {
            StoppingToken.ThrowIfCancellationRequested();
            WriteObject(new SharedMemoryInfo(report));
        }
    }
}

/// <summary>Wait-SharedMemory: waits until a name exists, is gone, is live, or has a frame.</summary>
[Cmdlet(VerbsLifecycle.Wait, "SharedMemory")]
[OutputType(typeof(SharedMemoryInfo))]
public sealed class WaitSharedMemoryCommand : WinMmfCommand
{
    private readonly Stopwatch _waited = Stopwatch.StartNew();

    /// <summary>Names or patterns.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SharedNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>What to wait for.</summary>
    [Parameter(Position = 1)]
    public SharedMemoryCondition Until { get; set; }

    /// <summary>Where to look; both scopes if not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public NameScope? Scope { get; set; }

    /// <summary>Seconds to wait for all names together; without it there is no end.</summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public double TimeoutSec { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
            Attempt(name, () => Wait(name));
    }

    private void Wait(string name)
    {
        TimeSpan? left = MyInvocation.BoundParameters.ContainsKey(nameof(TimeoutSec)) ? ToTimeSpan(TimeoutSec) - _waited.Elapsed : null;
        NameFilter filter = new(name);
        MemoryWait wait = new(filter.Name, () => ReportFinder.Find(filter, Scope), Until);
        foreach (SharedMemoryReport report in wait.Run(left, StoppingToken))
            WriteObject(new SharedMemoryInfo(report));
    }
}
