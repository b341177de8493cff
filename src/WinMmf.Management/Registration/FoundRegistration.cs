namespace WinMmf.Management.Registration;

/// <summary>A unit, task or service of ours, as the system has it.</summary>
internal sealed class FoundRegistration
{
    /// <summary>What it is.</summary>
    public RegistrationKind Kind { get; set; }

    /// <summary>Its name without what marks it as ours.</summary>
    public string Id { get; set; } = "";

    /// <summary>Its name for the system's own tools.</summary>
    public string SystemName { get; set; } = "";

    /// <summary>When it starts.</summary>
    public RegistrationTrigger Trigger { get; set; }

    /// <summary>The account that it runs as.</summary>
    public string Account { get; set; } = "";

    /// <summary>The configuration file; empty if the definition names none.</summary>
    public string ConfigurationPath { get; set; } = "";

    /// <summary>Running, Stopped, Failed, Starting; empty where the system does not say.</summary>
    public string State { get; set; } = "";
}
