using System.Management.Automation;
using WinMmf.Management.Configuration;
using WinMmf.Management.Registration;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>Get-CameraPublisherRegistration: shows the publishers that this machine starts by itself.</summary>
[Cmdlet(VerbsCommon.Get, "CameraPublisherRegistration")]
[OutputType(typeof(CameraPublisherRegistration))]
public sealed class GetCameraPublisherRegistrationCommand : RegistrationNameCommand
{
    /// <summary>Names or patterns.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamesOfObjects]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RegisteredNameCompleter))]
    public override string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        foreach ((FoundRegistration found, ConfigurationEntry entry) in FindEntries(target))
            WriteObject(new CameraPublisherRegistration(found, entry.Request));
    }
}
