using WinMmf.Errors;

namespace WinMmf.Publisher.Publishing;

/// <summary>
/// Shows the progress of publishing to a person, to a program that reads JSON, or to the prompt that started it detached.
/// </summary>
internal interface IPublishView
{
    /// <summary>The channel exists; no frame yet.</summary>
    void Created(PublishStatus status, string endpoint);

    /// <summary>The first frame is readable.</summary>
    void Ready(PublishStatus status);

    /// <summary>Something that does not stop publishing.</summary>
    void Warn(string message);

    /// <summary>The source failed and will be started again.</summary>
    void SourceFailed(WinMmfException error);

    /// <summary>The source delivers again after a failure.</summary>
    void SourceRecovered(PublishStatus status);

    /// <summary>The source is started again because a client asked for it.</summary>
    void RestartAsked();

    /// <summary>A clean end.</summary>
    void Ended(PublishStatus status, EndReason reason);

    /// <summary>The end by a failure.</summary>
    void Failed(WinMmfException error);
}
