using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Microsoft.Win32.SafeHandles;
using WinMmf.Platform.Linux.Native;
using WinMmf.Security;

namespace WinMmf.Publisher.Platform.Linux;

/// <inheritdoc/>
internal sealed class LinuxPublisherPlatform : IPublisherPlatform
{
    private const string SharedMemoryFolder = "/dev/shm";
    private const string Descriptors = "/proc/self/fd";
    private const string Nothing = "/dev/null";
    private const int StandardStreams = 3;

    public bool HasPosixShell => true;

    public long? FreeSharedMemory
    {
        get
        {
            try
            {
                return new DriveInfo(SharedMemoryFolder).AvailableFreeSpace;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }

    public IControlEndpoint CreateControlEndpoint(AccessPolicy access, string? folder) => new LinuxControlEndpoint(folder!);

    /// <summary>The leader of a process group cannot; it only ignores the hang-up signal, which is sufficient.</summary>
    public void LeaveSession() => _ = Libc.CreateSession();

    public void MoveToNeutralFolder() => Environment.CurrentDirectory = "/";

    public void DropInherited(bool close, string? input) => InheritedDescriptors.Drop(close, input);

    public void LetGoOfStandardInput() => LetGo(0, 0);

    public void LetGoOfStandardStreams() => LetGo(0, StandardStreams - 1);

    private static void LetGo(int first, int last)
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

    /// <summary>Nothing to do: sleeping is exact here.</summary>
    public IDisposable? UseFineTimer() => null;

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
