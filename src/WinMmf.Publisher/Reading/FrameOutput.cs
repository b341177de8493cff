using System;
using System.IO;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Publisher.Platform;

namespace WinMmf.Publisher.Reading;

/// <summary>
/// Writes frames to a file or a pipe. The next frame is taken when the last one is written, so a slow reader gets fewer and none queue
/// up. On a thread of its own: a reader that takes nothing would otherwise keep this program from ending.
/// </summary>
internal sealed class FrameOutput : IDisposable
{
    /// <summary>What means standard output in place of a file.</summary>
    public const string StandardOutput = "-";

    private readonly FrameForm _form;
    private readonly string _path;
    private readonly SemaphoreSlim _given = new(0);
    private readonly SemaphoreSlim _taken = new(0);
    private readonly MemoryStream _bytes = new();
    private bool _isBusy;
    private Stream? _stream;
    private FrameFormat _format;
    private double _rate;
    private Exception? _fault;

    /// <summary>Makes one; nothing is opened yet.</summary>
    /// <param name="form">How to write.</param>
    /// <param name="path">The file, or <see cref="StandardOutput"/>.</param>
    public FrameOutput(FrameForm form, string path) => (_form, _path) = (form, path);

    /// <summary>Called once with how another program reads what is written.</summary>
    public Action<string>? Described { get; set; }

    /// <summary>Writes a frame.</summary>
    /// <param name="buffer">The frame.</param>
    /// <param name="rate">Asks for the channel's nominal rate.</param>
    /// <param name="cancellationToken">Ends the wait for a reader.</param>
    /// <returns>Null: it is written. Otherwise why there is nothing more to write.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="WinMmfException">InvalidFormat, SaveFailed, DiskFull.</exception>
    public ReadEnd? Write(FrameBuffer buffer, Func<double> rate, CancellationToken cancellationToken)
    {
        FrameFormat format = buffer.Info.Format;
        _bytes.SetLength(0);
        if (_stream is null)
        {
            (_format, _rate) = (format, rate());
            Described?.Invoke(_form.Describe(format, _rate));
            _stream = Open();
            _form.WriteHead(_bytes, format, _rate);
            new Thread(Run) { IsBackground = true, Name = "output" }.Start();
        }

        // The reading program was told one format, and cannot find out where another begins.
        if (format.Width != _format.Width || format.Height != _format.Height || format.PixelFormat != _format.PixelFormat)
            return ReadEnd.FormatChanged;

        // Here, and not on the thread: the thread may still be writing when the frame's memory is freed.
        _form.Write(_bytes, format, buffer.Payload);
        _isBusy = true;
        _given.Release();
        _taken.Wait(cancellationToken);
        _isBusy = false;
        return _fault switch
        {
            null => null,
            IOException e when !IsPipeClosed(e) => throw new WinMmfException(
                WinMmfErrorId.SaveFailed, $"'{_path}' could not be written: {e.Message}", 0, e),
            IOException => ReadEnd.OutputClosed,
            Exception e => throw new WinMmfException(WinMmfErrorId.SystemError, e.Message, 0, e),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The thread may still wait for a reader; it ends with the process.
        if (_isBusy)
            return;
        try
        {
            _stream?.Dispose();
        }
        catch (IOException)
        {
            // What was to be said has been.
        }
    }

    /// <summary>EPIPE; ERROR_BROKEN_PIPE, ERROR_NO_DATA, ERROR_PIPE_NOT_CONNECTED.</summary>
    private static bool IsPipeClosed(IOException e) =>
        e.HResult is 32 or unchecked((int)0x8007_006D) or unchecked((int)0x8007_00E8) or unchecked((int)0x8007_00E9);

    private Stream Open()
    {
        try
        {
            return _path == StandardOutput
                ? PublisherPlatform.Current.OpenStandardOutput()
                : new FileStream(_path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new WinMmfException(WinMmfErrorId.SaveFailed, $"'{_path}' could not be written: {e.Message}", 0, e);
        }
    }

    private void Run()
    {
        while (_fault is null)
        {
            _given.Wait();
            try
            {
                _stream!.Write(_bytes.GetBuffer(), 0, (int)_bytes.Length);
            }
            catch (Exception e)
            {
                _fault = e;
            }

            _taken.Release();
        }
    }
}
