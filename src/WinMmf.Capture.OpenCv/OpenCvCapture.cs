using System;
using System.Globalization;
using OpenCvSharp;
using WinMmf.Errors;

namespace WinMmf.Capture.OpenCv;

/// <summary>What OpenCV has open. Its first frame is fetched at once.</summary>
internal sealed class OpenCvCapture : IDisposable
{
    private readonly OpenCvRequest _request;
    private VideoCapture _capture;

    /// <summary>Opens an input.</summary>
    /// <exception cref="WinMmfException">SourceUnreachable: it does not open, or has no frame.</exception>
    public OpenCvCapture(OpenCvRequest request)
    {
        _request = request;
        _capture = Open();
        if (!_capture.Grab())
        {
            _capture.Dispose();
            throw Unreachable("opens, but gives no frame");
        }
    }

    /// <summary>Fetches the next frame, at the end of what is looped the first one. False: there is none.</summary>
    public bool Grab()
    {
        if (_capture.Grab())
            return true;
        if (!_request.Loop)
            return false;

        // Seeking back is not reliable for every container; opening again is.
        _capture.Dispose();
        _capture = Open();
        return _capture.Grab();
    }

    /// <summary>Puts the fetched frame into a matrix, which gets another memory where size or type do not fit.</summary>
    /// <exception cref="WinMmfException">SourceUnreachable.</exception>
    public void Retrieve(Mat frame)
    {
        if (!_capture.Retrieve(frame) || frame.Empty())
            throw Unreachable("gave a frame that OpenCV cannot decode");
    }

    /// <summary>What was really opened.</summary>
    /// <param name="size">Of the first frame as it goes into a slot.</param>
    public OpenCvReply Describe(Size size) => new(size.Width, size.Height, Math.Max(0, _capture.Fps), _capture.GetBackendName());

    /// <inheritdoc/>
    public void Dispose() => _capture.Dispose();

    private VideoCapture Open()
    {
        VideoCapture capture = _request.Kind switch
        {
            OpenCvInputKind.Sequence => new VideoCapture(_request.Argument, VideoCaptureAPIs.IMAGES),
            OpenCvInputKind.Stream => new VideoCapture(_request.Argument, VideoCaptureAPIs.FFMPEG),
            OpenCvInputKind.File => OpenFile(),
            _ => OpenDevice(),
        };
        if (capture.IsOpened())
            return capture;
        capture.Dispose();
        throw Unreachable("cannot be opened by OpenCV");
    }

    /// <summary>A video first. A single picture opens as numbered pictures of which there is one.</summary>
    private VideoCapture OpenFile()
    {
        VideoCapture capture = new(_request.Argument, VideoCaptureAPIs.FFMPEG);
        if (capture.IsOpened())
            return capture;
        capture.Dispose();
        return new VideoCapture(_request.Argument, VideoCaptureAPIs.ANY);
    }

    private VideoCapture OpenDevice()
    {
        VideoCaptureAPIs api = _request.Format switch
        {
            "dshow" => VideoCaptureAPIs.DSHOW,
            "msmf" => VideoCaptureAPIs.MSMF,
            _ => VideoCaptureAPIs.V4L2,
        };
        VideoCapture capture = int.TryParse(_request.Argument, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            ? new VideoCapture(index, api)
            : new VideoCapture(_request.Argument, api);
        if (!capture.IsOpened())
            return capture;

        // What the device makes of it is read back from the first frame.
        if (_request.Width > 0)
            capture.FrameWidth = _request.Width;
        if (_request.Height > 0)
            capture.FrameHeight = _request.Height;
        if (_request.FrameRate > 0)
            capture.Fps = _request.FrameRate;
        return capture;
    }

    private WinMmfException Unreachable(string what) => new(
        WinMmfErrorId.SourceUnreachable,
        _request.Kind == OpenCvInputKind.Device
            ? $"The device '{_request.Argument}' {what}. Check that it is plugged in, that this account may open it, and that no other "
                + "program uses it."
            : $"'{_request.Argument}' {what}. Check that it is what its name says, or let ffmpeg open it, which knows more formats.");
}
