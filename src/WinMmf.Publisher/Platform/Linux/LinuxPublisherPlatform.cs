using System;
using System.IO;

namespace WinMmf.Publisher.Platform.Linux;

/// <inheritdoc/>
internal sealed class LinuxPublisherPlatform : IPublisherPlatform
{
    private const string SharedMemoryFolder = "/dev/shm";
    private const int StandardStreams = 3;

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

    public IControlEndpoint CreateControlEndpoint() => LinuxControlEndpoint.Create();

    /// <summary>A process group's leader cannot; it then only ignores the hang-up, which is what matters.</summary>
    public void LeaveSession() => _ = LibC.CreateSession();

    public void LetGoOfStandardStreams()
    {
        int nothing = LibC.Open("/dev/null", LibC.ReadWrite);
        if (nothing < 0)
            return;
        for (int i = 0; i < StandardStreams; i++)
            _ = LibC.Duplicate(nothing, i);
        if (nothing >= StandardStreams)
            _ = LibC.Close(nothing);
    }

    /// <summary>Nothing to do: sleeping is exact here.</summary>
    public IDisposable? UseFineTimer() => null;
}
