namespace WinMmf.Management.Registration;

/// <summary>When registered publishers start.</summary>
public enum RegistrationTrigger
{
    /// <summary>With the machine, before anybody signs in.</summary>
    Startup = 0,

    /// <summary>When the account signs in: for cameras that services cannot open. Scheduled tasks only.</summary>
    LogOn = 1,
}
