using System.Collections.Generic;
using WinMmf.Errors;
using WinMmf.Management.Configuration;
using WinMmf.Management.Installing;
using WinMmf.Management.Platform.Selection;
using WinMmf.Management.Registration;
using WinMmf.Names;

namespace WinMmf.PowerShell.Completion;

/// <summary>Completes with the names of registered publishers.</summary>
public sealed class RegisteredNameCompleter : NameCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Candidates(string word, NameScope? scope)
    {
        List<KeyValuePair<string, string>> names = [];
        try
        {
            foreach (FoundRegistration found in PublisherInstallation.Find(ManagementServices.Current, null))
            {
                foreach (ConfigurationEntry entry in ConfigurationFile.Read(found.ConfigurationPath).Entries)
                {
                    if (IsMatch(entry.Request.Name.Name, word) && (scope is null || scope == entry.Request.Name.Scope))
                        names.Add(new(entry.Request.Name.Name, $"{found.Kind}, {found.ConfigurationPath}"));
                }
            }
        }
        catch (WinMmfException)
        {
            // Nothing to offer: the cmdlet itself says why.
        }

        return names;
    }
}
