namespace WinMmf.Management.Registration;

/// <summary>What starts publishers together with the machine.</summary>
public enum RegistrationKind
{
    /// <summary>A task of the Windows Task Scheduler.</summary>
    ScheduledTask = 0,

    /// <summary>A Windows service.</summary>
    Service = 1,

    /// <summary>A unit of systemd.</summary>
    Systemd = 2,
}
