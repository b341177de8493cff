using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace WinMmf.Publisher.Platform.Linux;

/// <summary>
/// Whether this process may open enough files. It is checked before anything else, and with what the runtime has loaded already: a process
/// with too few cannot load an assembly, and the error that follows does not name the cause.
/// </summary>
internal static class DescriptorLimit
{
    /// <summary>The runtime's own, 64 clients of the control pipe, 63 readers, ffmpeg's pipes and the channel's objects.</summary>
    private const long OfServers = 256;

    /// <summary>The runtime's own, about 60 with all assemblies, and a channel's objects.</summary>
    private const long OfOthers = 100;

    private const string Limits = "/proc/self/limits";
    private const string Line = "Max open files";

    /// <summary>True if the limit suffices; otherwise writes to the error stream what is wrong and what to do.</summary>
    /// <param name="serves">True for a command that serves other programs; the others need less.</param>
    public static bool IsEnough(bool serves)
    {
        long least = serves ? OfServers : OfOthers;
        if (Read() is not long limit || limit >= least)
            return true;
        string text = $"error SystemError: This process may have {limit} files open, and this command needs {least}. "
            + "Raise the limit with 'ulimit -n 1024', with LimitNOFILE= in a systemd unit, or in /etc/security/limits.conf.\n";
        try
        {
            using Stream errors = Console.OpenStandardError();
            errors.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (IOException)
        {
            // The error stream is closed; the exit code remains.
        }

        return false;
    }

    /// <summary>The hard limit, to which the runtime raises the soft one; null where it cannot be read.</summary>
    private static long? Read()
    {
        try
        {
            foreach (string line in File.ReadAllLines(Limits))
            {
                if (line.StartsWith(Line, StringComparison.Ordinal))
                    return Last(line[Line.Length..]);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No /proc.
        }

        return null;
    }

    /// <summary>The second number of a line such as <c>1024  524288  files</c>; null for "unlimited".</summary>
    private static long? Last(string numbers)
    {
        string[] parts = numbers.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 1 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long limit) ? limit : null;
    }
}
