using System.Threading.Tasks;

namespace WinMmf.Viewer.Feeds;

/// <summary>A client that waits for a frame.</summary>
/// <param name="after">The version that it has; 0: none.</param>
/// <param name="isPatient">True if it goes on waiting when the channel is not there, as a stream does that was once open.</param>
internal sealed class FrameRequest(long after, bool isPatient)
{
    /// <summary>The version that it has.</summary>
    public long After { get; } = after;

    /// <summary>True if it waits for a channel that has gone.</summary>
    public bool IsPatient { get; } = isPatient;

    /// <summary>Completed elsewhere than on the feed's thread: a slow client must not hold up the others.</summary>
    public TaskCompletionSource<EncodedFrame> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
