using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using WinMmf.Errors;
using WinMmf.Management.Launching;
using WinMmf.Management.Platform;
using WinMmf.Management.Registration;

namespace WinMmf.Management.Installing;

/// <summary>Makes the machine start publishers by itself.</summary>
internal static class PublisherInstallation
{
    /// <summary>What is registered under this system's ways, one after the other.</summary>
    /// <param name="platform">The system.</param>
    /// <param name="kind">One way only; null: all.</param>
    /// <exception cref="WinMmfException">SystemError.</exception>
    public static IEnumerable<FoundRegistration> Find(IManagementPlatform platform, RegistrationKind? kind) => platform.Registrars
        .Where(registrar => kind is null || registrar.Kind == kind)
        .SelectMany(static registrar => registrar.Find());

    /// <summary>The system's way that is meant.</summary>
    /// <param name="platform">The system.</param>
    /// <param name="kind">Which one; null: the usual one.</param>
    /// <param name="trigger">When publishers shall start; only tasks start when somebody signs in.</param>
    /// <exception cref="WinMmfException">NotSupported, InvalidArgument.</exception>
    public static IRegistrar Choose(IManagementPlatform platform, RegistrationKind? kind, RegistrationTrigger trigger)
    {
        bool isLogOn = trigger == RegistrationTrigger.LogOn;
        if (isLogOn && kind is RegistrationKind.Service or RegistrationKind.Systemd)
            throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                $"{kind} starts with the machine; only a {RegistrationKind.ScheduledTask} starts when somebody signs in.");
        RegistrationKind wanted = kind ?? (isLogOn ? RegistrationKind.ScheduledTask : platform.Registrars[0].Kind);
        return platform.Registrars.FirstOrDefault(registrar => registrar.Kind == wanted)
            ?? throw new WinMmfException(WinMmfErrorId.NotSupported,
                $"There is no {wanted} here, but: {string.Join(", ", platform.Registrars.Select(static other => other.Kind))}.");
    }

    /// <summary>What would be registered.</summary>
    /// <param name="registrar">The system's way.</param>
    /// <param name="program">The publisher program.</param>
    /// <param name="configurationPath">Full path of the configuration file.</param>
    /// <param name="requests">What the file says.</param>
    /// <param name="trigger">When it starts.</param>
    /// <param name="account">The account, as the system's way names it.</param>
    public static RegistrationPlan Plan(IRegistrar registrar, ModuleProgram program, string configurationPath,
        IReadOnlyList<PublishRequest> requests, RegistrationTrigger trigger, string account) => new()
        {
            Id = IdOf(configurationPath),
            Trigger = trigger,
            Account = account,
            Program = program.FileName,
            FirstArguments = program.FirstArguments,
            ConfigurationPath = configurationPath,
            LogPath = registrar.LogPathOf(configurationPath),
            NeedsNetwork = requests.Any(static request => request.Input?.IndexOf("://", StringComparison.Ordinal) >= 0),
            LocksMemory = requests.Any(static request => request.Resident is Residency.MemoryResidency.Locked),
        };

    /// <summary>Refuses to take the place of what runs another file of the same name.</summary>
    /// <exception cref="WinMmfException">AlreadyExists.</exception>
    public static void ThrowIfTaken(IRegistrar registrar, RegistrationPlan plan)
    {
        FoundRegistration? other = registrar.Find()
            .FirstOrDefault(found => string.Equals(found.Id, plan.Id, StringComparison.OrdinalIgnoreCase));
        if (other is not null && other.ConfigurationPath != plan.ConfigurationPath)
            throw new WinMmfException(WinMmfErrorId.AlreadyExists,
                $"{other.SystemName} runs '{other.ConfigurationPath}' already, which is called like '{plan.ConfigurationPath}'. "
                    + "Give the file another name.", new ErrorFacts { Path = plan.ConfigurationPath });
    }

    /// <summary>The name of what runs a configuration file: that of the file, in letters that every system takes.</summary>
    public static string IdOf(string configurationPath)
    {
        char[] id = [.. Path.GetFileNameWithoutExtension(configurationPath).Select(static c => IsPlain(c) ? c : '_')];
        return id.Length > 0 ? new string(id) : "cameras";
    }

    private static bool IsPlain(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_';
}
