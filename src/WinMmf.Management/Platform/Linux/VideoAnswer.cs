namespace WinMmf.Management.Platform.Linux;

/// <summary>What came of opening a video device.</summary>
internal sealed class VideoAnswer
{
    /// <summary>Makes one.</summary>
    public VideoAnswer(int error, VideoDevice device)
    {
        Error = error;
        Device = device;
    }

    /// <summary>0, or the error.</summary>
    public int Error { get; }

    /// <summary>What it said of itself.</summary>
    public VideoDevice Device { get; }
}
