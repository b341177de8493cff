using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using WinMmf.Errors;
using WinMmf.Management.Cameras;
using WinMmf.Management.Catalogue;
using WinMmf.Management.Platform.Selection;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;

namespace WinMmf.PowerShell.Commands;

/// <summary>Get-CameraDevice: the cameras of this machine.</summary>
[Cmdlet(VerbsCommon.Get, "CameraDevice")]
[OutputType(typeof(CameraDevice))]
public sealed class GetCameraDeviceCommand : WinMmfCommand
{
    private IReadOnlyList<FoundCamera>? _cameras;
    private IReadOnlyList<string> _ids = [];
    private List<SharedMemoryReport> _channels = [];

    /// <summary>Names, ids, paths or patterns.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [Alias("Camera", "Id")]
    [ArgumentCompleter(typeof(CameraCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord() => Attempt(null, Find);

    private void Find()
    {
        if (_cameras is null)
        {
            _cameras = ManagementServices.Current.Cameras.Find();
            _ids = CameraIdentity.Of(_cameras);

            // The catalogue is read only if a process has a camera open: only that process can be a publisher of it.
            if (_cameras.Any(static camera => camera.Users.Count > 0))
                _channels = [.. SharedMemoryCatalogue.List(null).Where(static report => report.Channel is not null)];
        }

        foreach (string name in Name)
            Attempt(name, () => Write(name));
    }

    private void Write(string name)
    {
        // Wildcards with brackets in a serial number still find it by its whole text.
        WildcardPattern pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        bool found = false;
        for (int i = 0; i < _cameras!.Count; i++)
        {
            FoundCamera camera = _cameras[i];
            string[] texts = [camera.Name, _ids[i], camera.Path];
            if (!texts.Any(text => string.Equals(text, name, StringComparison.OrdinalIgnoreCase) || pattern.IsMatch(text)))
                continue;
            found = true;
            WriteObject(new CameraDevice(camera, _ids[i], ChannelOf(camera)));
        }

        if (!found && !WildcardPattern.ContainsWildcardCharacters(name))
            throw new WinMmfException(
                WinMmfErrorId.CameraNotFound, $"There is no camera '{name}' on this machine that this account can see.");
    }

    private string? ChannelOf(FoundCamera camera) => _channels.FirstOrDefault(report => camera.Users.Any(
        user => report.Channel!.Owner.ProcessId == user.ProcessId || report.Channel.Owner.ProcessId == user.ParentId))?.Name.ToString();
}
