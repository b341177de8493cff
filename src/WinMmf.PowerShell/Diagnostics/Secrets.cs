using System.Text.RegularExpressions;

namespace WinMmf.PowerShell.Diagnostics;

/// <summary>Removes from a text what does not belong in a report: user and password of an address.</summary>
internal static class Secrets
{
    private static readonly Regex UserOfAddress = new(@"(?<=\w://)[^/\s@]+@", RegexOptions.CultureInvariant);

    public static string Hide(string text) => UserOfAddress.Replace(text, "***@");
}
