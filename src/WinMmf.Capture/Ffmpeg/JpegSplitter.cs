using System;
using System.Buffers.Binary;

namespace WinMmf.Capture;

/// <summary>
/// Cuts a stream of JPEG pictures, one behind the other, into pictures, without decoding them. It walks over the
/// segments by their lengths, since a thumbnail within one has a beginning and an end of its own. What is no picture
/// is passed over and counted.
/// </summary>
internal sealed class JpegSplitter
{
    private const int ReadBytes = 65_536;
    private const int Prefix = 0xFF;
    private const int Start = 0xD8;
    private const int End = 0xD9;
    private const int Scan = 0xDA;
    private const int FrameFields = 9;

    private byte[] _buffer = new byte[4 * ReadBytes];
    private int _begin;
    private int _at;
    private int _end;
    private bool _isStarted;
    private bool _isInScan;
    private int _taken;

    /// <summary>The longest valid picture; more is garbage.</summary>
    public int MaxPicture { get; init; } = 64 << 20;

    /// <summary>Width of the picture that <see cref="TryTake"/> gave, pixels.</summary>
    public int Width { get; private set; }

    /// <summary>Its height.</summary>
    public int Height { get; private set; }

    /// <summary>Pictures that were dropped because they were cut short or invalid.</summary>
    public long Broken { get; private set; }

    /// <summary>Bytes passed over since the last whole picture.</summary>
    public long PassedOver { get; private set; }

    /// <summary>The picture that <see cref="TryTake"/> gave, until it looks for the next one.</summary>
    public ReadOnlySpan<byte> Taken => _buffer.AsSpan(_begin, _taken);

    /// <summary>Bytes of a picture that was begun and not finished.</summary>
    public int Pending => _isStarted && _taken == 0 ? _end - _begin : 0;

    /// <summary>Where to put the next bytes; <see cref="Advance"/> says how many there were.</summary>
    public Span<byte> Room()
    {
        Drop();
        if (_buffer.Length - _end < ReadBytes)
        {
            if (_begin > 0)
            {
                _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
                _at -= _begin;
                _end -= _begin;
                _begin = 0;
            }

            if (_buffer.Length - _end < ReadBytes)
                Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        return _buffer.AsSpan(_end);
    }

    /// <summary>Bytes were put into <see cref="Room"/>.</summary>
    public void Advance(int count) => _end += count;

    /// <summary>The next whole picture, valid until <see cref="Room"/> or this is called again.</summary>
    public bool TryTake(out ReadOnlySpan<byte> picture)
    {
        Drop();
        while (_isStarted || FindStart())
        {
            int length = Walk();
            if (length > 0)
            {
                picture = _buffer.AsSpan(_begin, length);
                _taken = length;
                PassedOver = 0;
                return true;
            }

            if (_isStarted)
            {
                if (_end - _begin <= MaxPicture)
                    break;
                GiveUp(_begin + 2);
            }
        }

        picture = default;
        return false;
    }

    /// <summary>Forgets what is left of an earlier stream.</summary>
    public void Clear()
    {
        _begin = _at = _end = _taken = 0;
        _isStarted = _isInScan = false;
        PassedOver = 0;
    }

    private void Drop()
    {
        if (_taken == 0)
            return;
        _begin += _taken;
        _taken = 0;
        _isStarted = false;
    }

    /// <summary>Looks for the first bytes of a picture: the start and the prefix of the first segment.</summary>
    private bool FindStart()
    {
        ReadOnlySpan<byte> rest = _buffer.AsSpan(_begin, _end - _begin);
        int found = rest.IndexOf((ReadOnlySpan<byte>)[Prefix, Start, Prefix]);
        if (found < 0)
        {
            // Two bytes may be the beginning of the next one.
            int pass = Math.Max(0, rest.Length - 2);
            PassedOver += pass;
            _begin += pass;
            return false;
        }

        PassedOver += found;
        _begin += found;
        _at = _begin + 2;
        _isStarted = true;
        _isInScan = false;
        Width = Height = 0;
        return true;
    }

    /// <summary>Continues. Returns the picture's length at its end, 0 if bytes are missing or if the picture was dropped.</summary>
    private int Walk()
    {
        while (_isInScan ? SkipScan() : _at + 1 < _end)
        {
            if (_buffer[_at] != Prefix)
                return GiveUp(_begin + 2);
            int code = _buffer[_at + 1];
            switch (code)
            {
                case Prefix:
                    _at++;
                    continue;
                case End:
                    return Width > 0 ? _at + 2 - _begin : GiveUp(_at + 2);
                case Start:
                    return GiveUp(_at);
                case 0x00:
                    return GiveUp(_begin + 2);
                case 0x01 or (>= 0xD0 and <= 0xD7):
                    _at += 2;
                    continue;
            }

            if (_at + 4 > _end)
                return 0;
            int length = BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(_at + 2));
            if (length < 2)
                return GiveUp(_begin + 2);
            if (_at + 2 + length > _end)
                return 0;
            if (IsFrame(code) && !TakeSize(length))
                return GiveUp(_begin + 2);
            _isInScan = code == Scan;
            _at += 2 + length;
        }

        return 0;
    }

    /// <summary>Goes over compressed data to the next marker that ends it. False if bytes are missing.</summary>
    private bool SkipScan()
    {
        while (true)
        {
            int found = _buffer.AsSpan(_at, _end - _at).IndexOf((byte)Prefix);
            _at = found < 0 ? _end : _at + found;
            if (_at + 1 >= _end)
                return false;
            int code = _buffer[_at + 1];
            if (code is not (0x00 or Prefix or (>= 0xD0 and <= 0xD7)))
            {
                _isInScan = false;
                return true;
            }

            _at += code == Prefix ? 1 : 2;
        }
    }

    private bool TakeSize(int length)
    {
        if (length < FrameFields)
            return false;
        Height = BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(_at + 5));
        Width = BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(_at + 7));
        return Width > 0 && Height > 0;
    }

    private static bool IsFrame(int code) => code is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private int GiveUp(int next)
    {
        Broken++;
        PassedOver += next - _begin;
        _begin = next;
        _isStarted = false;
        return 0;
    }
}
