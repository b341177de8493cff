using System.Globalization;
using System.Text;

namespace WinMmf.Management.Json;

/// <summary>Writes JSON's strings.</summary>
internal static class JsonText
{
    /// <summary>A text between quotes.</summary>
    public static string Quote(string text)
    {
        StringBuilder quoted = new("\"");
        foreach (char c in text)
        {
            switch (c)
            {
                case '"' or '\\':
                    quoted.Append('\\').Append(c);
                    break;
                case < ' ' or '\u007F' or '\u2028' or '\u2029':
                    quoted.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
                    break;
                default:
                    quoted.Append(c);
                    break;
            }
        }

        return quoted.Append('"').ToString();
    }
}
