using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using WinMmf.PowerShell.Diagnostics;
using WinMmf.PowerShell.Session;

namespace WinMmf.PowerShell.Commands;

/// <summary>Export-WinMmfDiagnostic: packs what an error report needs into one zip.</summary>
[Cmdlet(VerbsData.Export, "WinMmfDiagnostic", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportWinMmfDiagnosticCommand : WinMmfCommand
{
    /// <summary>The zip, or a folder for it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>A picture of each channel, too.</summary>
    [Parameter]
    public SwitchParameter IncludeFrame { get; set; }

    /// <summary>Replace a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Seconds that each part may take.</summary>
    [Parameter]
    [ValidateRange(0.1, 3600.0)]
    public double TimeoutSec { get; set; } = 15;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Attempt(Path, Export);

    private void Export()
    {
        string path = ToFilePath(Path);
        if (Directory.Exists(path))
            path = System.IO.Path.Combine(
                path, $"WinMmf-{Environment.MachineName}-{DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.zip");
        if (!ShouldProcess(path, IncludeFrame ? "Pack diagnostics, with a frame of each channel" : "Pack diagnostics"))
            return;

        string directory = System.IO.Path.GetDirectoryName(GetType().Assembly.Location)!;
        IReadOnlyList<DiagnosticPart> parts = DiagnosticParts.Make(
            directory, SessionState.PSVariable.GetValue("PSVersionTable") as IDictionary, ShellDescription.Of(SessionState), IncludeFrame);
        DiagnosticPackage package = new(ToTimeSpan(TimeoutSec));
        ProgressRecord progress = new(1, "Packing diagnostics", "Beginning");
        package.Write(
            path,
            Force,
            parts,
            (part, index) =>
            {
                progress.StatusDescription = part.Name;
                progress.PercentComplete = 100 * index / parts.Count;
                WriteProgress(progress);
            },
            StoppingToken);
        progress.RecordType = ProgressRecordType.Completed;
        WriteProgress(progress);
        if (package.Missing > 0)
            WriteWarning($"{package.Missing} of {parts.Count} parts are missing; contents.txt in the zip says why.");
        WriteObject(InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);
    }
}
