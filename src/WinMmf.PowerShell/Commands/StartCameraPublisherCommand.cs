using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Cameras;
using WinMmf.Management.Catalogue;
using WinMmf.Management.Configuration;
using WinMmf.Management.Control;
using WinMmf.Management.Launching;
using WinMmf.Names;
using WinMmf.PowerShell.Advice;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>Start-CameraPublisher: starts a process that publishes frames under a name.</summary>
[Cmdlet(VerbsLifecycle.Start, "CameraPublisher", SupportsShouldProcess = true)]
[OutputType(typeof(CameraPublisher))]
public sealed class StartCameraPublisherCommand : PublishRequestCommand
{
    private const double DefaultTimeoutSec = 15;
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    /// <summary>A file that says which publishers to run.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ConfigurationSet)]
    [ValidateNotNullOrEmpty]
    public string ConfigurationPath { get; set; } = "";

    /// <summary>Replace a publisher that runs under this name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SwitchFromText]
    public SwitchParameter Force { get; set; }

    /// <summary>Seconds to wait for the first frame.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNone]
    [NoneOrRange(0.0, double.MaxValue)]
    public double TimeoutSec { get; set; } = DefaultTimeoutSec;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ConfigurationSet)
            Attempt(ConfigurationPath, Run);
        else
            Attempt(Subject, Start);
    }

    private void Run()
    {
        string path = ToFilePath(ConfigurationPath);
        HashSet<string> shellParameters = new(CommonParameters.Concat(OptionalCommonParameters), StringComparer.OrdinalIgnoreCase);
        string[] others =
        [
            .. MyInvocation.BoundParameters.Keys.Where(
                name => name is not (nameof(ConfigurationPath) or nameof(LogPath) or nameof(TimeoutSec)) && !shellParameters.Contains(name))
                .OrderBy(static name => name, StringComparer.Ordinal),
        ];
        if (others.Length > 0)
            throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                $"With -ConfigurationPath the file says what is published, so -{string.Join(", -", others)} cannot be given. "
                    + "Write it there.");
        PublisherConfiguration configuration = ConfigurationFile.ReadWithCameras(path);
        configuration.ThrowIfInvalid();
        if (configuration.Entries.Count == 0)
            throw new WinMmfException(WinMmfErrorId.InvalidConfiguration, $"'{path}' has no publisher. Add one to \"publishers\".",
                new ErrorFacts { Path = path });
        string names = string.Join(", ", configuration.Entries.Select(static entry => entry.Request.Name.ToString()));
        if (!ShouldProcess(path, $"Run its publishers ({names}), and apply later changes of the file"))
            return;
        RunRequest request = new(path)
        {
            LogPath = LogPath is null ? null : ToLogPath(LogPath),
            Settle = ToTimeSpan(Math.Min(TimeoutSec, PublishLimits.MostSeconds)),
        };
        ModuleProgram program = PublisherProgram.Find(System.IO.Path.GetDirectoryName(GetType().Assembly.Location)!);
        WriteVerbose($"Starting {program.FileName} for {path}.");
        LaunchedProgram launched = PublisherLauncher.Start(program, request, request.Settle.Value + EndLimit, StoppingToken);
        WarnIfEndsWithSession(launched);
        foreach (string warning in launched.Warnings)
            WriteWarning(warning);
        foreach ((SharedName name, bool isLive, string problem) in RunAnswer.Read(launched.Answer))
        {
            if (isLive && SharedMemoryCatalogue.Look(name)?.Channel is ChannelReport channel)
                WriteObject(new CameraPublisher(channel));
            else
                WriteWarning(problem.Length > 0
                    ? $"{name} is tried again every 10 s at the latest: {problem}"
                    : $"{name} has had no frame yet; Get-CameraPublisher shows when it has.");
        }
    }

    private void Start()
    {
        FoundCamera? camera = CompleteRequest();
        ChannelReport? before = Force ? FindRunning(Request.Name) : null;
        string publish = $"Publish {Describe(camera)}{AccessText.Describe(ReadAccess, [], Sddl, SharedMemoryKind.FrameChannel)}";
        if (!ShouldProcess(Request.Name.ToString(), before is null
            ? publish
            : $"{publish} in place of process {before.Owner.ProcessId} ({before.Source}), which is stopped"))
            return;

        ModuleProgram program = PublisherProgram.Find(System.IO.Path.GetDirectoryName(GetType().Assembly.Location)!);
        if (before is not null)
            Stop(before);
        WriteVerbose($"Starting {program.FileName} for {Request.Name}.");
        LaunchedProgram launched = PublisherLauncher.Start(program, Request, ToTimeSpan(TimeoutSec), StoppingToken);
        WarnIfEndsWithSession(launched);
        foreach (string warning in launched.Warnings)
            WriteWarning(warning);
        ChannelReport channel = SharedMemoryCatalogue.Look(Request.Name)?.Channel
            ?? throw new WinMmfException(WinMmfErrorId.PublisherFailed,
                $"The publisher of {Request.Name} (process {launched.ProcessId}) has published and ended again. For a short file use "
                    + "-Loop.");
        WarnIfNotResident(Resident, channel.Resident, channel.Name, channel.Slots * channel.SlotCapacity);
        WriteObject(new CameraPublisher(channel));
    }

    private static ChannelReport? FindRunning(SharedName name) =>
        SharedMemoryCatalogue.Look(name)?.Channel is ChannelReport channel
            && channel.State is ChannelState.Live or ChannelState.Starting or ChannelState.Stalled
            ? channel
            : null;

    private void Stop(ChannelReport channel)
    {
        try
        {
            PublisherControl.Stop(channel, force: true, EndLimit, StoppingToken);
        }
        catch (WinMmfException e) when (e.ErrorId == WinMmfErrorId.PublisherEnded)
        {
            // By itself, meanwhile.
        }
    }
}
