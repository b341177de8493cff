using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using WinMmf.Errors;

namespace WinMmf.PowerShell.Values;

/// <summary>Turns text into bytes from which the same text is read again, and back.</summary>
internal sealed class TextCodec
{
    private const int PrefixSize = sizeof(uint);
    private readonly Encoding _encoding;
    private readonly TextForm _form;
    private readonly byte[] _nul;

    public TextCodec(TextEncoding encoding, TextForm form)
    {
        _encoding = TextEncodings.Get(encoding);
        _form = form;
        _nul = _encoding.GetBytes("\0");
    }

    /// <summary>Bytes of the NUL at the end of a text; 0 where there is none. It may be left out where the data ends.</summary>
    public int TerminatorSize => _form == TextForm.Terminated ? _nul.Length : 0;

    /// <summary>True if NULs follow the text to the end of its range.</summary>
    public bool FillsTheRest => _form == TextForm.Padded;

    /// <summary>The bytes of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">Bytes that padded text takes; null: as many as the text has.</param>
    /// <exception cref="WinMmfException">InvalidArgument for text that would be read back cut; OutOfBounds for more than padded text may
    /// take.</exception>
    public byte[] Encode(string text, long? length)
    {
        if (_form is TextForm.Terminated or TextForm.Padded && text.IndexOf('\0') >= 0)
            throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                "The text has a NUL in it, at which it would end when it is read. Write it with -TextForm Prefixed, which keeps "
                    + "its length, or with -TextForm Bare.");
        byte[] bytes = _encoding.GetBytes(text);
        return _form switch
        {
            TextForm.Terminated => Join(bytes, _nul),
            TextForm.Prefixed => Join(BitConverter.GetBytes((uint)bytes.Length), bytes),
            TextForm.Padded => Pad(bytes, length ?? bytes.Length),
            _ => bytes,
        };
    }

    /// <summary>The text at the start of some bytes.</summary>
    /// <exception cref="WinMmfException">InvalidArgument for a length in front that the bytes do not have.</exception>
    public string Decode(byte[] bytes)
    {
        int next = 0;
        return Next(bytes, ref next);
    }

    /// <summary>Texts one after the other, up to an empty one or the end.</summary>
    /// <exception cref="WinMmfException">InvalidArgument for a length in front that the bytes do not have.</exception>
    public IEnumerable<string> DecodeAll(byte[] bytes)
    {
        for (int next = 0; next < bytes.Length;)
        {
            string text = Next(bytes, ref next);
            if (text.Length == 0)
                yield break;
            yield return text;
        }
    }

    private string Next(byte[] bytes, ref int next)
    {
        int start = next;
        switch (_form)
        {
            case TextForm.Prefixed:
                long length = bytes.Length - start >= PrefixSize ? BitConverter.ToUInt32(bytes, start) : 0;
                start += PrefixSize;
                if (length > bytes.Length - start)
                    throw new WinMmfException(WinMmfErrorId.InvalidArgument, string.Format(CultureInfo.InvariantCulture,
                        "The length before the text is {0} bytes, and only {1} follow: no text was written there with -TextForm "
                            + "Prefixed. Read the bytes with -Type Byte.", length, Math.Max(0, bytes.Length - start)));
                next = start + (int)length;
                return _encoding.GetString(bytes, start, (int)length);
            case TextForm.Terminated:
                int end = FindNul(bytes, start);
                next = end + _nul.Length;
                return _encoding.GetString(bytes, start, end - start);
            case TextForm.Padded:
                next = bytes.Length;
                return _encoding.GetString(bytes, start, next - start).TrimEnd('\0');
            default:
                next = bytes.Length;
                return _encoding.GetString(bytes, start, next - start);
        }
    }

    /// <summary>Where the first NUL lies that is a character of its own; else the end.</summary>
    private int FindNul(byte[] bytes, int start)
    {
        for (int i = start; i <= bytes.Length - _nul.Length; i += _nul.Length)
        {
            int zeros = 0;
            while (zeros < _nul.Length && bytes[i + zeros] == 0)
                zeros++;
            if (zeros == _nul.Length)
                return i;
        }

        return bytes.Length;
    }

    private static byte[] Join(byte[] first, byte[] second)
    {
        byte[] joined = new byte[first.Length + second.Length];
        Buffer.BlockCopy(first, 0, joined, 0, first.Length);
        Buffer.BlockCopy(second, 0, joined, first.Length, second.Length);
        return joined;
    }

    private static byte[] Pad(byte[] bytes, long length)
    {
        if (bytes.Length > length)
            throw new WinMmfException(WinMmfErrorId.OutOfBounds, string.Format(CultureInfo.InvariantCulture,
                "The text has {0} bytes, more than the {1} bytes that it may take. Give a larger -Length or "
                    + "less text.", bytes.Length, length));
        MemoryData.ThrowIfTooMuch(length);
        byte[] padded = new byte[length];
        Buffer.BlockCopy(bytes, 0, padded, 0, bytes.Length);
        return padded;
    }
}
