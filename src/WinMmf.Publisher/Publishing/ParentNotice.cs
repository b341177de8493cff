using WinMmf.Management.Control;
using WinMmf.Publisher.Output;
using WinMmf.Publisher.Platform;

namespace WinMmf.Publisher.Publishing;

/// <summary>
/// The one message that a detached process sends to the prompt that started it, READY or FAILED; then it closes its pipes.
/// </summary>
internal sealed class ParentNotice
{
    private readonly Terminal _terminal;
    private readonly IPublisherPlatform _platform;
    private bool _told;

    public ParentNotice(Terminal terminal, IPublisherPlatform platform)
    {
        _terminal = terminal;
        _platform = platform;
    }

    /// <summary>Tells it, the first time.</summary>
    public void Tell(ControlMessage message)
    {
        if (_told)
            return;
        _told = true;
        _terminal.Out.Write(message.ToString());
        _terminal.Out.Flush();
        _terminal.Silence();
        _platform.LetGoOfStandardStreams();
    }
}
