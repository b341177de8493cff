using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace WinMmf.Management.Platform.Windows;

/// <summary>
/// The two forms of a control pipe's name (protocol 9.2). Nothing else is connected to: a name with other backslashes in it can leave the
/// pipes of this machine and sign in to another one.
/// </summary>
internal static class WindowsPipeName
{
    private const string ProtectedPrefix = @"ProtectedPrefix\Administrators\";
    private const string Prefix = "winmmf-";
    private const int RandomBytes = 8;

    /// <summary>A name that cannot be guessed; a protected one can be made by administrators and services only.</summary>
    public static string Make(bool isProtected)
    {
        byte[] random = new byte[RandomBytes];
        using (RandomNumberGenerator generator = RandomNumberGenerator.Create())
            generator.GetBytes(random);
        StringBuilder name = new(isProtected ? ProtectedPrefix + Prefix : Prefix);
        foreach (byte part in random)
            name.Append(part.ToString("x2", CultureInfo.InvariantCulture));
        return name.ToString();
    }

    /// <summary>True for a name of one of the two forms.</summary>
    public static bool IsValid(string name)
    {
        string rest = name.StartsWith(ProtectedPrefix, StringComparison.Ordinal) ? name.Substring(ProtectedPrefix.Length) : name;
        if (rest.Length != Prefix.Length + (2 * RandomBytes) || !rest.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        for (int i = Prefix.Length; i < rest.Length; i++)
        {
            if (rest[i] is not ((>= '0' and <= '9') or (>= 'a' and <= 'f')))
                return false;
        }

        return true;
    }

    /// <summary>The path by which the system opens it; of this machine, whatever the name.</summary>
    public static string PathOf(string name) => @"\\.\pipe\" + name;
}
