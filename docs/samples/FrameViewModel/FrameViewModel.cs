using System;
using System.ComponentModel;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;

namespace FrameViewModelSample;

/// <summary>
/// Shows a channel in a window: binds to Avalonia, WPF or anything else that knows <see cref="INotifyPropertyChanged"/>.
/// It reads on a thread of its own and changes its properties only through <c>post</c>, in Avalonia
/// <c>Dispatcher.UIThread.Post</c>. A slow window skips frames; it never queues them.
/// </summary>
/// <remarks>
/// In Avalonia, when <see cref="FrameNumber"/> changes: lock a <c>WriteableBitmap</c> of <see cref="Width"/> by
/// <see cref="Height"/> in <c>PixelFormat.Bgra8888</c>, copy <see cref="Pixels"/> into it (publish with
/// <c>-PixelFormat Bgra32</c>), and invalidate the image.
/// </remarks>
public sealed class FrameViewModel : INotifyPropertyChanged, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly string _channel;
    private readonly Action<Action> _post;
    private readonly CancellationTokenSource _end = new();
    private readonly AutoResetEvent _shown = new(initialState: true);
    private readonly Thread _thread;
    private byte[] _spare = [];

    public FrameViewModel(string channel, Action<Action> post)
    {
        _channel = channel;
        _post = post;
        _thread = new Thread(Run) { IsBackground = true, Name = $"Frames of {channel}" };
        _thread.Start();
    }

    public event PropertyChangedEventHandler? PropertyChanged;

    /// <summary>The picture; the bytes beyond the format's payload mean nothing. Stays as it is until the next change.</summary>
    public byte[] Pixels { get; private set; } = [];

    public int Width { get; private set; }

    public int Height { get; private set; }

    public int Stride { get; private set; }

    public long FrameNumber { get; private set; }

    /// <summary>For the window's status line: Live, or why there is no picture.</summary>
    public string Status { get; private set; } = "";

    public void Dispose()
    {
        _end.Cancel();
        _thread.Join();
        _end.Dispose();
        _shown.Dispose();
    }

    private void Run()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using FrameReader reader = FrameReader.Open(_channel, null, new FrameReaderOptions { Label = "window" }, _end.Token);
                Read(reader);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (WinMmfException e)
            {
                // Not there yet, or gone: say so and look again.
                Say(e.Message);
                _end.Token.WaitHandle.WaitOne(Patience);
            }
        }
    }

    private void Read(FrameReader reader)
    {
        long last = 0;
        while (true)
        {
            if (!reader.Wait(last, Patience, _end.Token))
            {
                Say(reader.State.ToString());
                continue;
            }

            // The window has shown the last picture, so the spare buffer is ours again.
            if (WaitHandle.WaitAny([_shown, _end.Token.WaitHandle]) != 0)
                return;
            FrameReadStatus status = reader.TryCopyNewest(_spare, out FrameInfo info);
            if (status != FrameReadStatus.Ok)
            {
                if (status == FrameReadStatus.BufferTooSmall)
                    _spare = new byte[info.Format.PayloadLength];
                else
                    Thread.Sleep(1);
                _shown.Set();
                continue;
            }

            last = info.FrameNumber;
            _post(() => Show(info));
        }
    }

    private void Show(FrameInfo info)
    {
        if (_end.IsCancellationRequested)
            return;
        (Pixels, _spare) = (_spare, Pixels);
        (Width, Height, Stride, FrameNumber) = (info.Format.Width, info.Format.Height, info.Format.Stride, info.FrameNumber);
        foreach (string property in new[] { nameof(Pixels), nameof(Width), nameof(Height), nameof(Stride), nameof(FrameNumber) })
            Changed(property);
        SetStatus(nameof(ChannelState.Live));
        _shown.Set();
    }

    private void Say(string status) => _post(() => SetStatus(status));

    private void SetStatus(string status)
    {
        if (Status == status)
            return;
        Status = status;
        Changed(nameof(Status));
    }

    private void Changed(string property) => PropertyChanged?.Invoke(this, new PropertyChangedEventArgs(property));
}
