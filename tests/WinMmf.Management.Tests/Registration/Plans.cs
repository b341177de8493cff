using System.IO;
using System.Runtime.CompilerServices;
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

    /// <summary>A golden file. With WINMMF_WRITE_GOLDEN set it is written anew, for a person to look at.</summary>
    public static string Golden(string name, string now, [CallerFilePath] string here = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(here)!, "Golden", name);
        if (System.Environment.GetEnvironmentVariable("WINMMF_WRITE_GOLDEN") is { Length: > 0 })
            File.WriteAllText(path, now);
        return File.ReadAllText(path);
    }
}
