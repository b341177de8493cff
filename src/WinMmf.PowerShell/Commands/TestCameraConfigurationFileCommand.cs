using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;
using WinMmf.Errors;
using WinMmf.Management.Configuration;
using WinMmf.PowerShell.Output;

namespace WinMmf.PowerShell.Commands;

/// <summary>Test-CameraConfigurationFile: says what is wrong with configuration files.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CameraConfigurationFile")]
[OutputType(typeof(CameraConfigurationFinding), typeof(bool))]
public sealed class TestCameraConfigurationFileCommand : WinMmfCommand
{
    /// <summary>Files or patterns.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "ConfigurationPath")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Only say true or false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path)
            Attempt(path, () => Test(path));
    }

    private void Test(string path)
    {
        foreach (string file in Resolve(path))
        {
            StoppingToken.ThrowIfCancellationRequested();
            PublisherConfiguration configuration = ConfigurationFile.ReadWithCameras(file);
            if (Quiet)
            {
                WriteObject(configuration.IsValid);
                continue;
            }

            foreach (ConfigurationFault fault in configuration.Faults)
                WriteObject(new CameraConfigurationFinding(file, fault));
        }
    }

    /// <summary>A path that exists as it is written is no pattern.</summary>
    private IReadOnlyList<string> Resolve(string path)
    {
        string literal = ToFilePath(path);
        if (!WildcardPattern.ContainsWildcardCharacters(path) || System.IO.File.Exists(literal))
            return [literal];
        try
        {
            Collection<string> found = SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _);
            return [.. found];
        }
        catch (ItemNotFoundException e)
        {
            throw new WinMmfException(
                WinMmfErrorId.FileNotFound, $"The folder of '{path}' does not exist.", new ErrorFacts { Path = path }, 0, e);
        }
    }
}
