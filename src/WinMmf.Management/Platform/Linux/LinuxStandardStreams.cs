#if NET8_0_OR_GREATER
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Microsoft.Win32.SafeHandles;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Management.Platform.Linux;

/// <summary>
/// Lets go of the standard streams in a program that has told its starter all: who starts a program waits for the end of its pipes.
/// </summary>
internal static class LinuxStandardStreams
{
    private const string Descriptors = "/proc/self/fd";
    private const string Nothing = "/dev/null";
    private const int StandardStreams = 3;

    /// <summary>Lets go of all three.</summary>
    public static void LetGoOfAll() => LetGo(0, StandardStreams - 1);

    /// <summary>Lets go of some: they lead to nothing then.</summary>
    /// <param name="first">The first.</param>
    /// <param name="last">The last.</param>
    public static void LetGo(int first, int last)
    {
        using SafeFileHandle nothing = File.OpenHandle(Nothing, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        int spare = nothing.DangerousGetHandle().ToInt32();

        // The runtime and its console keep copies of the three descriptors: all copies must be closed.
        HashSet<string> ends = [];
        for (int i = first; i <= last; i++)
        {
            if (End(i) is string end)
                ends.Add(end);
        }

        // A terminal or a file can be several streams at once.
        for (int i = 0; i < StandardStreams; i++)
        {
            if ((i < first || i > last) && End(i) is string end)
                ends.Remove(end);
        }

        ends.Remove(Nothing);
        foreach (string path in Directory.GetFiles(Descriptors))
        {
            int descriptor = int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture);
            if (descriptor != spare && End(descriptor) is string end && ends.Contains(end))
                _ = Libc.Duplicate(nothing, descriptor, closeOnExec: descriptor >= StandardStreams);
        }
    }

    /// <summary>What a descriptor leads to, such as <c>pipe:[4711]</c>; null if it is gone.</summary>
    private static string? End(int descriptor)
    {
        try
        {
            return new FileInfo(Path.Combine(Descriptors, descriptor.ToString(CultureInfo.InvariantCulture))).LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
#endif
