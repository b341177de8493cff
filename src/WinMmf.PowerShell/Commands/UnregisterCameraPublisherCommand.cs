using System.Linq;
using System.Management.Automation;
using WinMmf.Management.Configuration;
using WinMmf.Management.Installing;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;
using WinMmf.Management.Registration;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>Unregister-CameraPublisher: ends registered publishers, and has the machine start them no more.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "CameraPublisher", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class UnregisterCameraPublisherCommand : RegistrationNameCommand
{
    /// <summary>Names or patterns.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamesOfObjects]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RegisteredNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        foreach ((FoundRegistration found, ConfigurationEntry entry) in FindEntries(target))
        {
            // The file as it is by now: the entry before this one may have been in it, too.
            PublisherConfiguration file = ConfigurationFile.Read(found.ConfigurationPath);
            if (file.Entries.FirstOrDefault(other => other.Request.Name == entry.Request.Name) is not ConfigurationEntry left)
                continue;
            bool isLast = file.Entries.Count == 1;
            string what = isLast ? $"Start it no more, and remove {found.SystemName}, which runs nothing else" : "Start it no more";
            if (ShouldProcess($"{entry.Request.Name} ({file.Path})", what))
                Attempt(entry.Request.Name.Name, () => Remove(found, file, left, isLast));
        }
    }

    private static void Remove(FoundRegistration found, PublisherConfiguration file, ConfigurationEntry entry, bool isLast)
    {
        file.ThrowIfInvalid();
        IRegistrar registrar = ManagementServices.Current.Registrars.First(other => other.Kind == found.Kind);
        registrar.CheckUsable();
        if (isLast)
            registrar.Remove(found.Id);
        ConfigurationStore.Write(registrar, file.Path, ConfigurationStore.Without(file, entry));
        registrar.Protect(new RegistrationPlan { Account = found.Account, ConfigurationPath = file.Path });
    }
}
