using System.Collections.Generic;
using System.IO;
using WinMmf.Errors;
using WinMmf.Management.Registration;

namespace WinMmf.Management.Platform;

/// <summary>One way of the system to start programs by itself.</summary>
internal interface IRegistrar
{
    /// <summary>Which one.</summary>
    RegistrationKind Kind { get; }

    /// <summary>The least account that fits, where none is named.</summary>
    string DefaultAccount { get; }

    /// <summary>The configuration file, where none is named.</summary>
    string DefaultConfigurationPath { get; }

    /// <summary>Where the log is written; null where the system keeps it.</summary>
    /// <param name="configurationPath">The configuration file.</param>
    string? LogPathOf(string configurationPath);

    /// <summary>An account as the definition names it.</summary>
    /// <exception cref="WinMmfException">UnknownAccount; InvalidArgument: nothing can be started as this account here.</exception>
    string ResolveAccount(string account);

    /// <summary>The definition, as the system keeps it.</summary>
    string Describe(RegistrationPlan plan);

    /// <summary>Refuses where this account, or this system, cannot register anything.</summary>
    /// <exception cref="WinMmfException">NotSupported, ElevationRequired.</exception>
    void CheckUsable();

    /// <summary>Makes a new file that ordinary users cannot read, in the folder of a configuration file.</summary>
    /// <exception cref="IOException">It exists, or cannot be made.</exception>
    Stream CreateConfiguration(string path);

    /// <summary>
    /// Makes the folders that are missing, where only administrators can write, and lets the account read the configuration and write its
    /// log. The configuration may hold passwords: nobody else reads it.
    /// </summary>
    /// <exception cref="WinMmfException">SaveFailed, SystemError.</exception>
    void Protect(RegistrationPlan plan);

    /// <summary>What is registered, of ours.</summary>
    /// <exception cref="WinMmfException">SystemError.</exception>
    IReadOnlyList<FoundRegistration> Find();

    /// <summary>Makes the system's definition the planned one, and starts it.</summary>
    /// <exception cref="WinMmfException">SystemError, PublisherFailed.</exception>
    RegistrationChange Apply(RegistrationPlan plan);

    /// <summary>Ends it and takes the definition away.</summary>
    /// <exception cref="WinMmfException">SystemError.</exception>
    void Remove(string id);
}
