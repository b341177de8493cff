using System.IO;
using WinMmf.Management.Registration;

namespace WinMmf.Management.Tests.Registration;

/// <summary>Registrations as they are planned for a machine, and what they look like there.</summary>
internal static class Plans
{
    public static RegistrationPlan Linux(bool network = false, bool locks = false) => new()
    {
        Id = "cameras",
        Account = "winmmf",
        Program = "/opt/winmmf/publisher/WinMmf.Publisher",
        ConfigurationPath = "/etc/winmmf/cameras.json",
        NeedsNetwork = network,
        LocksMemory = locks,
    };

    public static RegistrationPlan Windows(RegistrationTrigger trigger = RegistrationTrigger.Startup, string account = "S-1-5-19") => new()
    {
        Id = "cameras",
        Trigger = trigger,
        Account = account,
        Program = @"C:\Program Files\WinMmf\publisher\WinMmf.Publisher.exe",
        ConfigurationPath = @"C:\ProgramData\WinMmf\cameras.json",
        LogPath = @"C:\ProgramData\WinMmf\logs\cameras.log",
    };

    /// <summary>A golden file. If WINMMF_WRITE_GOLDEN names a folder, it is written anew there, for a person to look at.</summary>
    public static string Golden(string name, string now)
    {
        if (System.Environment.GetEnvironmentVariable("WINMMF_WRITE_GOLDEN") is { Length: > 0 } folder)
            File.WriteAllText(Path.Combine(folder, name), now);
        return File.ReadAllText(Path.Combine(System.AppContext.BaseDirectory, "Registration", "Golden", name));
    }
}
