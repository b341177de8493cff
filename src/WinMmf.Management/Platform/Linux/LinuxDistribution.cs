using System;
using System.IO;

namespace WinMmf.Management.Platform.Linux;

/// <summary>Which distribution this is, as far as it decides how a program is installed.</summary>
internal static class LinuxDistribution
{
    private const string ReleaseFile = "/etc/os-release";

    /// <summary>The command that installs a package here, as a sentence.</summary>
    public static string HowToInstall(string package)
    {
        try
        {
            return HowToInstall(package, File.ReadAllText(ReleaseFile));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return HowToInstall(package, "");
        }
    }

    /// <summary>The same, from the text of <c>os-release</c>.</summary>
    internal static string HowToInstall(string package, string release)
    {
        string names = "";
        foreach (string line in release.Split('\n'))
        {
            string entry = line.Trim();

            // The distribution first, then those that it derives from, closest first.
            if (entry.StartsWith("ID=", StringComparison.Ordinal))
                names = entry.Substring(3).Trim('"', '\'') + " " + names;
            else if (entry.StartsWith("ID_LIKE=", StringComparison.Ordinal))
                names += " " + entry.Substring(8).Trim('"', '\'');
        }

        foreach (string name in names.Split([' '], StringSplitOptions.RemoveEmptyEntries))
        {
            string? command = name switch
            {
                "debian" or "ubuntu" => $"sudo apt-get install {package}",
                "fedora" => $"sudo dnf install {package}-free",
                "rhel" or "centos" => $"sudo dnf install {package} (from RPM Fusion)",
                "suse" or "opensuse" => $"sudo zypper install {package}",
                "arch" => $"sudo pacman -S {package}",
                "alpine" => $"sudo apk add {package}",
                _ => null,
            };
            if (command is not null)
                return $"Install it with: {command}.";
        }

        return $"Install the package {package} with the package manager.";
    }
}
