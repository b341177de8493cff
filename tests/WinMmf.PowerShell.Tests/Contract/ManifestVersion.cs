using System.Text.RegularExpressions;
using Xunit;

namespace WinMmf.PowerShell.Tests.Contract;

/// <summary>The version of a module manifest, as PowerShell prints it: 1.2.3, or 1.2.3-preview0001.</summary>
internal static class ManifestVersion
{
    public static string Of(string manifest)
    {
        string prerelease = Value(manifest, "Prerelease");
        return Value(manifest, "ModuleVersion") + (prerelease.Length == 0 ? "" : "-" + prerelease);
    }

    private static string Value(string manifest, string key)
    {
        Match match = Regex.Match(manifest, $@"^\s*{key}\s*=\s*'([^']*)'\s*$", RegexOptions.Multiline);
        Assert.True(match.Success, $"The manifest has no {key}.");
        return match.Groups[1].Value;
    }
}
