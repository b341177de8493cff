using System;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Threading;
using WinMmf.Frames;
using WinMmf.Management.Imaging;
using WinMmf.Text;
using WinMmf.Time;

namespace WinMmf.PowerShell.Frames;

/// <summary>
/// Draws the newest frame of a channel in the terminal, again and again. A slow terminal sees fewer frames, never old ones.
/// </summary>
internal sealed class TerminalView
{
    private const int LeastMilliseconds = 50;
    private const int SliceMilliseconds = 250;
    private const double QuietSeconds = 2;

    private readonly FrameStream _stream;
    private readonly TerminalPicture _picture;
    private readonly Func<(int Columns, int Rows)> _size;
    private byte[] _data = [];
    private string[] _lines = [];
    private FrameInfo _info;
    private long _since;
    private long _numberThen;
    private double _rate;

    /// <summary>Makes one.</summary>
    /// <param name="stream">The channel.</param>
    /// <param name="colors">What the terminal can show.</param>
    /// <param name="size">Asks for the terminal's size.</param>
    public TerminalView(FrameStream stream, TerminalColors colors, Func<(int Columns, int Rows)> size)
    {
        _stream = stream;
        _picture = new TerminalPicture(colors);
        _size = size;
    }

    /// <summary>Draws until it is cancelled.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="WinMmf.Errors.WinMmfException">InvalidFormat: compressed frames; and all that reading reports.</exception>
    public void Run(TerminalScreen screen, CancellationToken cancellationToken)
    {
        (int columns, int rows) = _size();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool came = _stream.Wait(TimeSpan.FromMilliseconds(SliceMilliseconds), cancellationToken) && TryCopy();
            (int Columns, int Rows) now = _size();
            if ((came || now != (columns, rows)) && _info.FrameNumber > 0)
                Draw(now.Columns, now.Rows - 1);
            (columns, rows) = now;
            screen.Show(_lines, Describe(), columns, rows);
            cancellationToken.WaitHandle.WaitOne(LeastMilliseconds);
        }
    }

    private bool TryCopy()
    {
        while (true)
        {
            GCHandle pinned = GCHandle.Alloc(_data, GCHandleType.Pinned);
            FrameReadStatus status;
            FrameInfo info;
            try
            {
                status = _stream.TryCopy(pinned.AddrOfPinnedObject(), _data.Length, out info, out _);
            }
            finally
            {
                pinned.Free();
            }

            if (status == FrameReadStatus.BufferTooSmall)
            {
                _data = new byte[info.Format.PayloadLength];
                continue;
            }

            if (status != FrameReadStatus.Ok)
                return false;
            _info = info;
            Measure();
            return true;
        }
    }

    private void Draw(int columns, int rows)
    {
        GCHandle pinned = GCHandle.Alloc(_data, GCHandleType.Pinned);
        try
        {
            _lines = _picture.Draw(_info.Format, pinned.AddrOfPinnedObject(), columns, rows);
        }
        finally
        {
            pinned.Free();
        }
    }

    /// <summary>Frames a second that are published, over about a second.</summary>
    private void Measure()
    {
        long now = MonotonicClock.Now;
        double seconds = (now - _since) / 1e9;
        if (_since != 0 && seconds < 1 && _info.FrameNumber >= _numberThen)
            return;
        _rate = _since == 0 || _info.FrameNumber < _numberThen ? 0 : (_info.FrameNumber - _numberThen) / seconds;
        (_since, _numberThen) = (now, _info.FrameNumber);
    }

    private string Describe()
    {
        string name = ForeignText.Clean(_stream.Name.ToString());
        ChannelState state = _stream.Reader.State;
        if (_info.FrameNumber == 0)
            return $"{name}  no frame yet, {state}  Ctrl+C ends";
        double age = _info.Age.TotalSeconds;
        string pace = age > QuietSeconds
            ? age.ToString("'no new frame for '0' s'", CultureInfo.InvariantCulture)
            : _rate.ToString("0.0' fps'", CultureInfo.InvariantCulture);
        return $"{name}  {_info.Format}  {pace}  {state}  #{_info.FrameNumber}  Ctrl+C ends";
    }
}
