using System.IO;
using System.Management.Automation;
using WinMmf.Frames;
using WinMmf.Management.Imaging;
using WinMmf.Names;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Frames;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>Save-SharedFrame: saves frames as picture files.</summary>
[Cmdlet(VerbsData.Save, "SharedFrame", SupportsShouldProcess = true, DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(FileInfo))]
public sealed class SaveSharedFrameCommand : OwnedNameCommand
{
    private const string ObjectSet = "InputObject";
    private const string NameSet = "Name";

    /// <summary>Frames; or publishers and channels, of which the newest frame is saved.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [ValidateNotNull]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>Channels of which to save the newest frame.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NameSet)]
    [NamesOfObjects]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ChannelNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>File, folder, or a pattern of file names.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = ".";

    /// <summary>Where to look.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ScopeOfObject]
    public override NameScope? Scope { get; set; }

    /// <summary>The account that the channel must belong to.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(OwnerCompleter))]
    public override string? Owner { get; set; }

    /// <summary>The kind of file; without it the file's extension decides.</summary>
    [Parameter]
    public FrameFileType Format { get; set; }

    /// <summary>Keep a file that is there already.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replace a file although it is read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Seconds to wait for the channel and for its first frame.</summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public override double TimeoutSec
    {
        get => base.TimeoutSec;
        set => base.TimeoutSec = value;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ObjectSet)
        {
            Attempt(InputObject, SaveGiven);
            return;
        }

        base.ProcessRecord();
    }

    private protected override SharedMemoryKind? PatternKind => SharedMemoryKind.FrameChannel;

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        // A copy, not a lease: packing a picture and writing it may take longer than a lease should last.
        FrameCopy copy = FrameCopy.Take(target.Name, target.Scope, 0, AskedTimeout, Owner, StoppingToken);
        WarnIfInBothScopes(copy.ExistsInBothScopes, copy.Name);
        WarnIfForeignOwner(copy.OwnerId, copy.Name);
        Save(new SharedFrame(copy, after: 0));
    }

    private void SaveGiven()
    {
        // A publisher or a channel has no pixels and names where they are. Anything else is a frame or nothing: never a query.
        if (MemoryIdentity.OfChannel(InputObject) is MemoryIdentity channel)
            Process(Target.Exact(channel.Name, channel.Scope));
        else
            Save(GivenFrame.From(InputObject));
    }

    private void Save(ISharedFrame frame)
    {
        FrameFileOptions options = new() { Type = Format, NoClobber = NoClobber, Force = Force, CreateFolder = Force };
        string? saved = null;
        frame.Use((format, payload) =>
        {
            string path = FrameFileName.Resolve(Path, ToFilePath, frame, format, Format);
            if (ShouldProcess(path, $"Save frame {frame.FrameNumber} of {frame.Name}"))
                saved = FrameFile.Save(path, format, payload, options, StoppingToken);
        });
        if (saved is not null)
            WriteObject(InvokeProvider.Item.Get([saved], force: true, literalPath: true), enumerateCollection: true);
    }
}
