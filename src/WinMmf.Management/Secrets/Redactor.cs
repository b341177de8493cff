using System;
using System.Text;
using System.Text.RegularExpressions;

namespace WinMmf.Management.Secrets;

/// <summary>
/// Hides passwords, keys and tokens in any text, by the form in which addresses, headers, options and settings hold them. It
/// rather hides too much than too little: what it leaves is shown in logs, status, errors and diagnostics.
/// </summary>
internal static class Redactor
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Mask = "***";

    private const string SchemeEnd = "://";
    private const RegexOptions Options = RegexOptions.CultureInvariant;

    /// <summary>How far behind an address that a blank breaks off an <c>@</c> still belongs to it.</summary>
    private const int BrokenReach = 256;

    private const string LongNames =
        "passw(?:or)?d|passwd|passphrase|passcode|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|cryptokey|"
        + "(?:de|en)cryption[_-]?keys?|credentials?|signature";

    private const string Value = @"(?:""[^""\r\n]*""?|'[^'\r\n]*'?|[^\s&;,""'<>]+)";

    /// <summary>
    /// A setting whose name says that it is secret, with an equals sign or as JSON; with a colon only where nothing else is meant.
    /// </summary>
    private static readonly Regex Named = new(
        @"(?<![A-Za-z0-9_.-])(?<name>[A-Za-z0-9_.-]{0,64}?(?:" + LongNames
            + @")[A-Za-z0-9_-]{0,64}(?:\s*=\s*|[""']\s*:\s*)|[A-Za-z0-9_.-]{0,64}?(?:passw(?:or)?d|passphrase|"
            + @"secret)[A-Za-z0-9_-]{0,64}\s*:\s*)" + Value,
        Options | RegexOptions.IgnoreCase);

    /// <summary>Short names are common words, too, so here only as settings are written.</summary>
    private static readonly Regex ShortNamed = new(
        "(?<![A-Za-z0-9])(?<name>(?:pass|pw|key|auth|sig|sid|session|sessionid|user|username|usr|login|cookies?)=)" + Value, Options);

    private static readonly Regex Header = new(
        @"(?<![A-Za-z0-9-])(?<name>(?:(?:Proxy-)?Authorization|(?:Set-)?Cookie|X-[A-Za-z0-9-]{0,64}?(?:Key|Token|"
            + @"Auth|Secret|Pass)[A-Za-z0-9-]{0,64})\s*:\s*)[^\r\n""']+",
        Options | RegexOptions.IgnoreCase);

    private static readonly Regex Argument = new(
        @"(?<![A-Za-z0-9_-])(?<name>--?[A-Za-z0-9_.-]{0,64}?(?:" + LongNames + @"|key|cookies)[""']?\s+)" + Value,
        Options | RegexOptions.IgnoreCase);

    private static readonly Regex Scheme = new(
        @"(?<![A-Za-z0-9])(?<name>Bearer\s+)[^\s""',;]+|"
        + @"(?<![A-Za-z0-9])(?<name>Basic\s+)[A-Za-z0-9+/_-]{8,}={0,2}",
        Options | RegexOptions.IgnoreCase);

    private static readonly Regex SecretName = new(
        "pass|pwd|secret|token|key|auth|cookie|headers|credential|proxy|login|session|signature|user(?!_agent)|^si[dg]$",
        Options | RegexOptions.IgnoreCase);

    /// <summary>A text without its secrets.</summary>
    /// <param name="text">Any text, of several lines, too.</param>
    public static string Hide(string text) => Hide(text, out _);

    /// <summary>A text without its secrets.</summary>
    /// <param name="text">Any text, of several lines, too.</param>
    /// <param name="hidden">How many places were hidden.</param>
    public static string Hide(string text, out int hidden)
    {
        if (text is null)
            throw new ArgumentNullException(nameof(text));
        int count = 0;
        string clean = HideInAddresses(text, ref count);
        foreach (Regex form in new[] { Header, Scheme, Named, ShortNamed, Argument })
        {
            clean = form.Replace(clean, match =>
            {
                string name = match.Groups["name"].Value;
                if (match.Value.Substring(name.Length).Trim('"', '\'') == Mask)
                    return match.Value;
                count++;
                return name + Mask;
            });
        }

        hidden = count;
        return clean;
    }

    /// <summary>True if an option or setting of this name may hold a secret.</summary>
    /// <param name="name">Its name.</param>
    public static bool IsSecretName(string name) => SecretName.IsMatch(name ?? throw new ArgumentNullException(nameof(name)));

    private static string HideInAddresses(string text, ref int count)
    {
        int found = text.IndexOf(SchemeEnd, StringComparison.Ordinal);
        if (found < 0)
            return text;
        StringBuilder clean = new(text.Length);
        int written = 0;
        while (found >= 0)
        {
            int begin = found + SchemeEnd.Length;
            AddressParts parts = AddressParts.Find(text, begin, BrokenReach);
            if (parts.HostBegin > begin)
            {
                clean.Append(text, written, begin - written).Append(Mask).Append('@');
                written = parts.HostBegin;
                count++;
            }

            if (parts.QueryBegin < parts.End)
            {
                clean.Append(text, written, parts.QueryBegin - written).Append(Mask);
                written = parts.End;
                count++;
            }

            // An address within this one has neither user part nor query left.
            found = text.IndexOf(SchemeEnd, parts.End, StringComparison.Ordinal);
        }

        return clean.Append(text, written, text.Length - written).ToString();
    }
}
