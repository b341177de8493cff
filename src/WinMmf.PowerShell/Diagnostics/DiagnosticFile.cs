using System.Text;
using WinMmf.Management.Secrets;
using WinMmf.Names;

namespace WinMmf.PowerShell.Diagnostics;

/// <summary>One file of the diagnostic.</summary>
internal sealed class DiagnosticFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private DiagnosticFile(string path, byte[] content, int hidden)
    {
        Path = path;
        Content = content;
        Hidden = hidden;
    }

    /// <summary>Path within the package.</summary>
    public string Path { get; }

    public byte[] Content { get; }

    /// <summary>How many secrets were left out.</summary>
    public int Hidden { get; }

    /// <summary>A text without its secrets.</summary>
    public static DiagnosticFile Text(string path, string text)
    {
        string clean = Redactor.Hide(text, out int hidden);
        return new DiagnosticFile(path, Utf8.GetBytes(clean), hidden);
    }

    /// <summary>A name in a form that every system takes as a file's.</summary>
    public static string NameOf(SharedName name)
    {
        StringBuilder clean = new(name.Scope + "-");
        foreach (char c in name.Name)
            clean.Append(char.IsLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_');
        return clean.ToString();
    }

    /// <summary>A picture as it is.</summary>
    public static DiagnosticFile Picture(string path, byte[] content) => new(path, content, 0);
}
