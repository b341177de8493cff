using System;
using System.Collections.Generic;
using System.Linq;
using WinMmf.Errors;

namespace WinMmf.Management.Configuration;

/// <summary>
/// What a configuration file says: which publishers there shall be. <see cref="ConfigurationSchema"/> describes the file.
/// </summary>
internal sealed class PublisherConfiguration
{
    private const int MostShown = 20;

    /// <summary>Makes one.</summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="entries">Its entries, as far as they could be read.</param>
    /// <param name="faults">What is wrong with it.</param>
    public PublisherConfiguration(string path, IReadOnlyList<ConfigurationEntry> entries, IReadOnlyList<ConfigurationFault> faults)
    {
        Path = path;
        Entries = entries;
        Faults = [.. faults.OrderBy(static fault => fault.Place.Line).ThenBy(static fault => fault.Place.Column)];
    }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>Its entries, as far as they could be read.</summary>
    public IReadOnlyList<ConfigurationEntry> Entries { get; }

    /// <summary>What is wrong with it, in the order of the file.</summary>
    public IReadOnlyList<ConfigurationFault> Faults { get; }

    /// <summary>True if it can be used.</summary>
    public bool IsValid => Faults.All(static fault => fault.IsWarning);

    /// <summary>The same file with more that is wrong with it.</summary>
    public PublisherConfiguration With(IEnumerable<ConfigurationFault> faults) => new(Path, Entries, [.. Faults, .. faults]);

    /// <summary>Refuses a file that cannot be used.</summary>
    /// <exception cref="WinMmfException">InvalidConfiguration: all that is wrong with it, with lines and columns.</exception>
    public void ThrowIfInvalid()
    {
        if (IsValid)
            return;
        ConfigurationFault[] errors = [.. Faults.Where(static fault => !fault.IsWarning)];
        string more = errors.Length > MostShown ? $"{Environment.NewLine}... and {errors.Length - MostShown} more." : "";
        throw new WinMmfException(
            WinMmfErrorId.InvalidConfiguration,
            string.Join(Environment.NewLine, errors.Take(MostShown).Select(fault => Path + fault)) + more,
            new ErrorFacts { Path = Path });
    }
}
