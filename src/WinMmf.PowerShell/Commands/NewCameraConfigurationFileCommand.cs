using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using WinMmf.Errors;
using WinMmf.Management.Cameras;
using WinMmf.Management.Configuration;
using WinMmf.Management.Platform.Selection;
using WinMmf.Names;

namespace WinMmf.PowerShell.Commands;

/// <summary>New-CameraConfigurationFile: writes a configuration file with the cameras that are there.</summary>
[Cmdlet(VerbsCommon.New, "CameraConfigurationFile", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class NewCameraConfigurationFileCommand : WinMmfCommand
{
    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "ConfigurationPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The scope of the channels' names.</summary>
    [Parameter]
    public NameScope Scope { get; set; }

    /// <summary>Replace a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Attempt(Path, Write);

    private void Write()
    {
        string path = ToFilePath(Path);
        ErrorFacts facts = new() { Path = path };
        if (Directory.Exists(path))
            throw new WinMmfException(
                WinMmfErrorId.InvalidArgument, $"'{path}' is a folder. Name a file in it, such as cameras.json.", facts);
        if (File.Exists(path) && !Force)
            throw new WinMmfException(WinMmfErrorId.FileExists, $"The file '{path}' exists.", facts);
        IReadOnlyList<FoundCamera> cameras = ManagementServices.Current.Cameras.Find();
        string what = cameras.Count == 0
            ? "no camera is there: the synthetic picture"
            : string.Join(", ", cameras.Select(static camera => camera.Name));
        if (!ShouldProcess(path, $"Write a configuration with {what}{(File.Exists(path) ? ", in place of what is there" : "")}"))
            return;
        try
        {
            // Whole or not at all: a process that runs the file sees no half of it.
            string next = $"{path}.{Guid.NewGuid():N}.tmp";
            try
            {
                File.WriteAllText(next, ConfigurationWriter.For(cameras, Scope, SchemaAddress()), new UTF8Encoding(false));
                if (File.Exists(path))
                    File.Replace(next, path, null);
                else
                    File.Move(next, path);
            }
            finally
            {
                File.Delete(next);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new WinMmfException(WinMmfErrorId.SaveFailed, $"The file '{path}' cannot be written: {e.Message}", facts, 0, e);
        }

        WriteObject(InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);
    }

    /// <summary>The schema beside this assembly, for editors.</summary>
    private string? SchemaAddress()
    {
        string file = System.IO.Path.Combine(
            System.IO.Path.GetDirectoryName(GetType().Assembly.Location) ?? "", ConfigurationSchema.FileName);
        return File.Exists(file) ? new Uri(file).AbsoluteUri : null;
    }
}
