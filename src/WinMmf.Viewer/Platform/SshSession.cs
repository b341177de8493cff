using System;
using System.Globalization;
using System.Linq;

namespace WinMmf.Viewer.Platform;

/// <summary>The SSH session that this program was started in, as its server describes it in <c>SSH_CONNECTION</c>.</summary>
internal static class SshSession
{
    private const int UsualPort = 22;

    /// <summary>True in such a session: a browser here would open on a screen that no person sees.</summary>
    /// <param name="read">Reads an environment variable.</param>
    public static bool Is(Func<string, string?> read) =>
        !string.IsNullOrEmpty(read("SSH_CONNECTION")) || !string.IsNullOrEmpty(read("SSH_TTY"));

    /// <summary>The command for the other end, after which the printed address works there.</summary>
    /// <param name="read">Reads an environment variable.</param>
    /// <param name="port">The viewer's port.</param>
    /// <param name="user">This account.</param>
    public static string TunnelCommand(Func<string, string?> read, int port, string user)
    {
        // The client's address and port, then this machine's, as the client reached it.
        string[] parts = (read("SSH_CONNECTION") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool isKnown = parts.Length == 4 && System.Net.IPAddress.TryParse(parts[2], out _)
            && int.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out _);
        string host = isKnown ? parts[2] : "HOST";
        string option = isKnown && int.Parse(parts[3], CultureInfo.InvariantCulture) is int at and not UsualPort ? $"-p {at} " : "";
        string account = user.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') && user.Length > 0 ? user : "USER";
        return string.Create(CultureInfo.InvariantCulture, $"ssh -L {port}:127.0.0.1:{port} {option}{account}@{host}");
    }
}
