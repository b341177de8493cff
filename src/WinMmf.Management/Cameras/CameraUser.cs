namespace WinMmf.Management.Cameras;

/// <summary>A process that has a camera open.</summary>
internal sealed class CameraUser
{
    /// <summary>Makes one.</summary>
    public CameraUser(int processId, int parentId, string program)
    {
        ProcessId = processId;
        ParentId = parentId;
        Program = program;
    }

    /// <summary>The process.</summary>
    public int ProcessId { get; }

    /// <summary>The process that started it: a publisher, where ffmpeg or OpenCV has the camera; 0 if it cannot be seen.</summary>
    public int ParentId { get; }

    /// <summary>Its program.</summary>
    public string Program { get; }
}
