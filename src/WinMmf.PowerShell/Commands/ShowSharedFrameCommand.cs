using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Host;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Imaging;
using WinMmf.Management.Launching;
using WinMmf.Names;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Frames;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>Show-SharedFrame: shows channels in the browser, or one in the terminal.</summary>
[Cmdlet(VerbsCommon.Show, "SharedFrame", DefaultParameterSetName = PageSet)]
[OutputType(typeof(SharedFramePage), ParameterSetName = [PageSet])]
[OutputType(typeof(string), ParameterSetName = [OnceSet])]
public sealed class ShowSharedFrameCommand : OwnedNameCommand
{
    private const string PageSet = "Page";
    private const string TerminalSet = "Terminal";
    private const string OnceSet = "Once";
    private const double ViewerSeconds = 30;
    private const int UsualColumns = 80;
    private const int UsualRows = 24;

    /// <summary>The channel's name.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PageSet)]
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = TerminalSet)]
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = OnceSet)]
    [NamesOfObjects(isLiteral: true)]
    [ValidateNotNullOrEmpty]
    [ValidateCount(1, 1)]
    [ArgumentCompleter(typeof(ChannelNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>Draw in the terminal until Ctrl+C.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TerminalSet)]
    public SwitchParameter Terminal { get; set; }

    /// <summary>Give one picture as lines of text.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OnceSet)]
    public SwitchParameter Once { get; set; }

    /// <summary>The most characters a line; as wide as the terminal if not given.</summary>
    [Parameter(ParameterSetName = TerminalSet)]
    [Parameter(ParameterSetName = OnceSet)]
    [ValidateRange(1, 1000)]
    public int? Columns { get; set; }

    /// <summary>The port on 127.0.0.1; any that is free if not given.</summary>
    [Parameter(ParameterSetName = PageSet)]
    [ValidateRange(1, 65_535)]
    public int? Port { get; set; }

    /// <summary>Only start the viewer and give the address.</summary>
    [Parameter(ParameterSetName = PageSet)]
    public SwitchParameter NoBrowser { get; set; }

    /// <summary>The account that the channel must belong to.</summary>
    [Parameter(ParameterSetName = TerminalSet)]
    [Parameter(ParameterSetName = OnceSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(OwnerCompleter))]
    public override string? Owner { get; set; }

    private protected override bool TakesPatterns => false;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Name.Length == 0)
            Attempt(null, () => ShowPage(null));
        else
            base.ProcessRecord();
    }

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        switch (ParameterSetName)
        {
            case PageSet:
                ShowPage(FindChannel(target));
                break;
            case OnceSet:
                ShowOnce(target);
                break;
            default:
                ShowInTerminal(target);
                break;
        }
    }

    /// <summary>Reported here, where the person sits, and not by a page of which nothing comes.</summary>
    private SharedName FindChannel(Target target)
    {
        List<ChannelReport> found = [.. TargetFinder.FindChannels(target)];
        WarnIfInBothScopes(found.Count > 1, found[0].Name);
        return found[0].Name;
    }

    private void ShowPage(SharedName? channel)
    {
        ModuleProgram program = ViewerProgram.Find(System.IO.Path.GetDirectoryName(GetType().Assembly.Location)!);
        WriteVerbose($"Starting {program.FileName}.");
        StartedViewer viewer = ViewerLauncher.Start(
            program,
            channel?.Name,
            channel?.Scope.ToString(),
            Port ?? 0,
            !NoBrowser,
            AskedTimeout ?? ToTimeSpan(ViewerSeconds),
            StoppingToken);
        WriteObject(new SharedFramePage(channel, viewer));
    }

    private void ShowOnce(Target target)
    {
        FrameCopy copy = FrameCopy.Take(target.Name, target.Scope, 0, AskedTimeout, Owner, StoppingToken);
        WarnIfInBothScopes(copy.ExistsInBothScopes, copy.Name);
        WarnIfForeignOwner(copy.OwnerId, copy.Name);
        (int columns, int rows) = Size();
        TerminalPicture picture = new(TerminalColorsFinder.Find(Environment.GetEnvironmentVariable));
        string[] lines = [];
        ISharedFrame frame = new SharedFrame(copy, after: 0);
        frame.Use((format, payload) => lines = picture.Draw(format, payload, columns, rows - 1));
        WriteObject(lines, enumerateCollection: true);
    }

    private void ShowInTerminal(Target target)
    {
        if (!Host.UI.SupportsVirtualTerminal || Console.IsOutputRedirected)
        {
            throw new WinMmfException(
                WinMmfErrorId.NotSupported,
                "This host is no terminal in which pictures can be drawn.",
                new ErrorFacts { Right = "Terminal" });
        }

        FrameStreamOptions options = new() { WaitForChannel = Timeout, Label = "Show-SharedFrame", Owner = Owner };
        using FrameStream stream = FrameStream.Open(target.Name, target.Scope, options, StoppingToken);
        WarnIfInBothScopes(stream.ExistsInBothScopes, stream.Name);
        WarnIfForeignOwner(stream.OwnerId, stream.Name);
        TerminalView view = new(stream, TerminalColorsFinder.Find(Environment.GetEnvironmentVariable), Size);
        using TerminalScreen screen = new();
        view.Run(screen, StoppingToken);
    }

    /// <summary>Characters and lines of the terminal; the usual ones where there is none.</summary>
    private (int Columns, int Rows) Size()
    {
        (int columns, int rows) = (UsualColumns, UsualRows);
        try
        {
            System.Management.Automation.Host.Size window = Host.UI.RawUI.WindowSize;
            if (window.Width > 0 && window.Height > 1)
                (columns, rows) = (window.Width, window.Height);
        }
        catch (Exception e) when (e is HostException or NotImplementedException or PSNotImplementedException or InvalidOperationException
            or System.IO.IOException or NullReferenceException)
        {
            // A host without a window: a job, a service.
        }

        // A line that is longer than the terminal would wrap, and scroll the picture away.
        int asked = Columns ?? columns;
        return (ParameterSetName == TerminalSet ? Math.Min(asked, columns) : asked, rows);
    }
}
