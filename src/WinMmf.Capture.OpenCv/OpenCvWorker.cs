using System;
using System.IO;
using System.Linq;
using OpenCvSharp;
using WinMmf.Errors;
using WinMmf.Management.Control;
using WinMmf.Names;
using WinMmf.Time;

namespace WinMmf.Capture.OpenCv;

/// <summary>
/// Answers the publisher's messages. One thread opens, reads and closes, because some of OpenCV's back ends bind a camera to the
/// thread that
/// opened it.
/// </summary>
internal sealed class OpenCvWorker : IDisposable
{
    private readonly SharedName _channel;
    private readonly OpenCvLink _link;
    private SlotPicture? _picture;
    private OpenCvCapture? _capture;
    private bool _failed;

    public OpenCvWorker(SharedName channel, OpenCvLink link)
    {
        _channel = channel;
        _link = link;
    }

    private SlotPicture Picture =>
        _picture ?? throw new InvalidDataException("The publisher asks for a frame before it has named an input.");

    /// <summary>Works until the publisher closes its pipe.</summary>
    /// <exception cref="IOException">The publisher has ended.</exception>
    public void Run()
    {
        while (_link.Receive() is OpenCvMessageKind kind and not OpenCvMessageKind.None)
        {
            try
            {
                Answer(kind);
            }
            catch (Exception e) when (Explain(e) is WinMmfException error)
            {
                _failed = true;
                _link.Send(OpenCvMessageKind.Failed, text: FailureMessage.From(error).ToString());
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _capture?.Dispose();
        _picture?.Dispose();
    }

    private void Answer(OpenCvMessageKind kind)
    {
        switch (kind)
        {
            case OpenCvMessageKind.Open:
                OpenCvRequest request = OpenCvRequest.Parse(_link.Text);
                _capture?.Dispose();

                // Loads the native library, so not before its failure can be told.
                _picture ??= new SlotPicture(_channel);
                _capture = new OpenCvCapture(request);
                _picture.Use(request, _capture);
                _link.Send(OpenCvMessageKind.Opened, text: _capture.Describe(_picture.Size).ToString());
                _failed = false;
                _link.Send(OpenCvMessageKind.Grabbed, MonotonicClock.Now);
                break;
            case OpenCvMessageKind.Fill when Picture.TryFill((uint)_link.A, _link.B, new Size(_link.C, _link.D)):
                _link.Send(OpenCvMessageKind.Filled);
                Advance();
                break;
            case OpenCvMessageKind.Fill:
                _link.Send(OpenCvMessageKind.Resized, 0, 0, Picture.Size.Width, Picture.Size.Height);
                break;
            case OpenCvMessageKind.Skip when !_failed:
                Picture.Drop();
                Advance();
                break;
        }
    }

    private void Advance()
    {
        if (_capture!.Grab())
            _link.Send(OpenCvMessageKind.Grabbed, MonotonicClock.Now);
        else
            _link.Send(OpenCvMessageKind.Ended);
    }

    /// <summary>What can be told to the publisher; null for the rest, which ends this process.</summary>
    private static WinMmfException? Explain(Exception exception) => exception switch
    {
        WinMmfException known => known,
        OpenCVException native => new WinMmfException(
            WinMmfErrorId.PublisherFailed, $"OpenCV failed: {native.Message.ReplaceLineEndings(" ").Trim()}.", 0, native),
        InvalidDataException nonsense => new WinMmfException(
            WinMmfErrorId.PublisherFailed,
            $"{nonsense.Message} Use the same WinMmf release for the publisher and its OpenCV process.",
            0,
            nonsense),
        TypeInitializationException or DllNotFoundException or BadImageFormatException or EntryPointNotFoundException =>
            CannotLoad(exception),
        _ => null,
    };

    private static WinMmfException CannotLoad(Exception exception)
    {
        Exception cause = exception.GetBaseException();

        // The loader lists every place where it has looked; what is missing is the one that is not the library itself.
        string[] lines = cause.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string why = (lines.FirstOrDefault(static line => line.Contains("cannot open", StringComparison.Ordinal)
            && !line.Contains("OpenCvSharpExtern", StringComparison.Ordinal))
            ?? lines.FirstOrDefault() ?? cause.GetType().Name).TrimEnd('.', ':', ' ');
        return new WinMmfException(
            WinMmfErrorId.NotSupported,
            $"OpenCV's native library cannot be loaded: {why}. Install what it needs (on Debian and Ubuntu: apt-get install libgtk-3-0; on "
                + "Windows: the Visual C++ run-time, and on N editions the Media Feature Pack), or choose the backend Ffmpeg.",
            0,
            exception);
    }
}
