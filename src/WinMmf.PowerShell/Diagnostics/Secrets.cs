using System.Text.RegularExpressions;

namespace WinMmf.PowerShell.Diagnostics;

/// <summary>Takes out of a text what does not belong into a ticket: user and password of an address.</summary>
internal static class Secrets
{
    private static readonly Regex UserOfAddress = new(@"(?<=\w://)[^/\s@]+@", RegexOptions.CultureInvariant);

    public static string Hide(string text) => UserOfAddress.Replace(text, "***@");
}
