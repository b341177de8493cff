using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using WinMmf.Errors;
using WinMmf.Management.Configuration;
using WinMmf.Management.Installing;
using WinMmf.Management.Platform.Selection;
using WinMmf.Management.Registration;
using WinMmf.PowerShell.Advice;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>A cmdlet that works on registered publishers by their names.</summary>
public abstract class RegistrationNameCommand : NameCommand
{
    /// <summary>What starts them; all ways if not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public RegistrationKind? As { get; set; }

    /// <summary>The registered publishers that a target means.</summary>
    /// <exception cref="WinMmfException">NotFound for a name that is no pattern and is registered nowhere; SystemError.</exception>
    private protected IReadOnlyList<(FoundRegistration Found, ConfigurationEntry Entry)> FindEntries(Target target)
    {
        List<(FoundRegistration, ConfigurationEntry)> entries = [];
        foreach (FoundRegistration found in PublisherInstallation.Find(ManagementServices.Current, As))
        {
            StoppingToken.ThrowIfCancellationRequested();
            PublisherConfiguration file;
            try
            {
                file = ConfigurationFile.Read(found.ConfigurationPath);
            }
            catch (WinMmfException e)
            {
                WriteWarning($"{found.SystemName}: {e.Message}");
                continue;
            }

            foreach (ConfigurationFault fault in file.Faults.Where(static fault => !fault.IsWarning))
                WriteWarning($"{found.SystemName}: {file.Path}{fault}");
            entries.AddRange(file.Entries
                .Where(entry => target.IsMatch(entry.Request.Name.Name, entry.Request.Name.Scope))
                .Select(entry => (found, entry)));
        }

        return entries.Count > 0 || target.IsPattern
            ? entries
            : throw new WinMmfException(WinMmfErrorId.NotFound, $"No publisher '{target.Name}' is registered on this machine.",
                target.ToFacts() with { Kind = Remedies.Registration });
    }
}
