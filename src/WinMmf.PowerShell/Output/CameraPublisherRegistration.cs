using WinMmf.Management.Launching;
using WinMmf.Management.Registration;

namespace WinMmf.PowerShell.Output;

/// <summary>A publisher that the machine starts by itself: an entry of a configuration file, and what runs that file.</summary>
public sealed class CameraPublisherRegistration
{
    internal CameraPublisherRegistration(FoundRegistration found, PublishRequest request, string? change = null)
    {
        Name = request.Name.Name;
        Scope = request.Name.Scope.ToString();
        As = found.Kind.ToString();
        Trigger = found.Trigger.ToString();
        State = found.State;
        Account = found.Account;
        ReadAccess = request.Sddl is string sddl ? [sddl] : [.. request.ReadAccess];
        Source = request.Camera is string camera ? camera : request.Input is string input ? request.Hide(input) : "synthetic test picture";
        ConfigurationPath = found.ConfigurationPath;
        SystemName = found.SystemName;
        Change = change;
    }

    /// <summary>The channel's name.</summary>
    public string Name { get; }

    /// <summary>Where the name is visible.</summary>
    public string Scope { get; }

    /// <summary>What starts it: ScheduledTask, Service or Systemd.</summary>
    public string As { get; }

    /// <summary>When it starts: Startup or LogOn.</summary>
    public string Trigger { get; }

    /// <summary>How the task, service or unit is: Running, Stopped, Failed, Starting; empty where the system does not say.</summary>
    public string State { get; }

    /// <summary>The account that it runs as.</summary>
    public string Account { get; }

    /// <summary>Who may read the channel besides that account and administrators; empty: nobody.</summary>
    public string[] ReadAccess { get; }

    /// <summary>What is published, without secrets.</summary>
    public string Source { get; }

    /// <summary>The configuration file.</summary>
    public string ConfigurationPath { get; }

    /// <summary>The name of the task, service or unit for the system's own tools.</summary>
    public string SystemName { get; }

    /// <summary>What registering has done: Added, Changed or Unchanged; nothing where it was only looked up.</summary>
    public string? Change { get; }

    /// <summary>The channel's name with its scope in front.</summary>
    public override string ToString() => $"{Scope}\\{Name}";
}
