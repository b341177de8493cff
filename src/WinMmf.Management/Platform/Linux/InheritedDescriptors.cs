using System;
using System.Globalization;
using System.IO;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Management.Platform.Linux;

/// <summary>
/// The descriptors that this process was started with beyond the standard streams: a cron job's lock, a caller's pipe. The runtime opens
/// all of its own with FD_CLOEXEC, so those without it are the inherited ones.
/// </summary>
internal static class InheritedDescriptors
{
    private const string Descriptors = "/proc/self/fd";
    private const int StandardStreams = 3;

    /// <summary>Gives them up, or keeps them to this process.</summary>
    /// <param name="close">True to close them; false only to keep them from children.</param>
    /// <param name="input">What is published: a descriptor that it names is left alone.</param>
    public static void Drop(bool close, string? input)
    {
        int kept = Named(input);
        foreach (string path in Directory.GetFiles(Descriptors))
        {
            int descriptor = int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture);
            if (descriptor < StandardStreams || descriptor == kept || !Libc.IsInheritable(descriptor))
                continue;
            if (close)
                _ = Libc.Close(descriptor);
            else
                _ = Libc.SetCloseOnExec(descriptor);
        }
    }

    /// <summary>The descriptor that a shell's process substitution names, as in <c>--input &lt;(command)</c>; -1 if it is none.</summary>
    private static int Named(string? input)
    {
        foreach (string folder in new[] { "/dev/fd/", Descriptors + "/" })
        {
            if (input is not null && input.StartsWith(folder, StringComparison.Ordinal)
                && int.TryParse(input.Substring(folder.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int descriptor))
                return descriptor;
        }

        return -1;
    }
}
