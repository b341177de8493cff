using System;
using System.Collections;
using System.IO;
using System.Management.Automation;
using System.Text.RegularExpressions;
using WinMmf.Errors;

namespace WinMmf.PowerShell.Values;

/// <summary>
/// Gathers what is to be written, from arguments and from the pipeline. Arrays of numbers are taken as they are: a boxed number takes
/// more than twenty times the space of a byte.
/// </summary>
internal sealed class ValueBuffer
{
    // How PowerShell writes numbers; with a sign in front they are text as arguments.
    private static readonly Regex SignedNumber = new(
        @"^-(0x[0-9a-f]+|(\d+\.?\d*|\.\d+)(e[+-]?\d+)?)[a-z]{0,4}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private readonly MemoryValueType? _type;
    private readonly TextCodec _text;
    private readonly long? _textLength;
    private byte[]? _only;
    private MemoryStream? _many;
    private int _texts;
    private int _numbers;
    private bool _endsWithText;

    /// <param name="type">What all values are written as; null: as what they are.</param>
    /// <param name="text">The encoding of text in the memory.</param>
    /// <param name="textLength">Bytes that padded text takes; null: all that is left.</param>
    public ValueBuffer(MemoryValueType? type, TextCodec text, long? textLength)
    {
        _type = type;
        _text = text;
        _textLength = textLength;
    }

    /// <summary>True if there is something to write, be it of no length.</summary>
    public bool HasValues { get; private set; }

    /// <summary>True if a value, or each of its elements, is something that a memory can hold.</summary>
    public static bool IsValue(object? value)
    {
        object? bare = Unwrap(value);
        return bare is not null && (ValueCodec.TypeOf(bare) is not null || bare is IEnumerable);
    }

    /// <summary>Adds a value or an array of them.</summary>
    /// <exception cref="WinMmfException">InvalidArgument for what no memory can hold, what does not fit the type, and text that looks
    /// like a number.</exception>
    public void Add(object? value)
    {
        HasValues = true;
        switch (Unwrap(value))
        {
            case Array numbers when ValueCodec.TypeOfElements(numbers) is MemoryValueType type && (_type is null || _type == type):
                _numbers += numbers.Length;
                Append(numbers as byte[] ?? ValueCodec.CopyBytes(numbers, type), isText: false);
                break;
            case string text:
                AddOne(text);
                break;
            case IEnumerable values:
                foreach (object? one in values)
                    AddOne(Unwrap(one));
                break;
            case object one:
                AddOne(one);
                break;
            default:
                throw Unfit("nothing ($null)");
        }
    }

    /// <summary>What was added, as bytes.</summary>
    /// <param name="room">Bytes that are left for it in the memory. The NUL behind the last text is left out where only it does not
    /// fit.</param>
    /// <exception cref="WinMmfException">InvalidArgument for text and numbers at once without a type.</exception>
    public byte[] ToBytes(long room)
    {
        if (_type is null && _texts > 0 && _numbers > 0)
            throw Unfit("text and numbers at once without -Type, because PowerShell takes some numbers for text");
        byte[] bytes = _many?.ToArray() ?? _only ?? [];
        if (_text.FillsTheRest && _textLength is null && _texts > 0)
            return FillUp(bytes, room);
        int terminator = _endsWithText ? _text.TerminatorSize : 0;
        if (bytes.Length > room)
            Array.Resize(ref bytes, bytes.Length - terminator);
        return bytes;
    }

    private byte[] FillUp(byte[] bytes, long room)
    {
        if (_texts > 1)
            throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                "Padded text takes all that is left of the memory, so there is room for one only. Say with -Length how many bytes "
                    + "each text takes.");
        if (room > bytes.Length)
        {
            MemoryData.ThrowIfTooMuch(room);
            Array.Resize(ref bytes, (int)room);
        }

        return bytes;
    }

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private void AddOne(object? value)
    {
        if (value is null)
            throw Unfit("nothing ($null)");
        if (value is byte number && _type is null or MemoryValueType.Byte)
        {
            _numbers++;
            AppendByte(number);
            return;
        }

        if (_type is null && value is string text && SignedNumber.IsMatch(text))
            throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                $"'{text}' came as text, because PowerShell takes an argument with a sign for text. Say what it is: -Type Int32 or "
                    + $"another type of number, ({text}) in parentheses, or -Type Text.");
        MemoryValueType type = _type ?? ValueCodec.TypeOf(value) ?? throw Unfit($"a value of type {value.GetType().Name}");
        object converted = Convert(value, type);
        if (converted is string written)
        {
            _texts++;
            Append(_text.Encode(written, _textLength), isText: true);
        }
        else
        {
            _numbers++;
            Append(ValueCodec.Write(converted), isText: false);
        }
    }

    private static object Convert(object value, MemoryValueType type) =>
        ValueCodec.TypeOf(value) == type ? value
        : LanguagePrimitives.TryConvertTo(value, ValueCodec.TypeOf(type), out object converted) && converted is not null
            ? converted
            : throw Unfit($"'{value}' as {type}");

    private void AppendByte(byte value)
    {
        Spill();
        _endsWithText = false;
        _many!.WriteByte(value);
    }

    private void Append(byte[] bytes, bool isText)
    {
        _endsWithText = isText;
        if (_only is null && _many is null)
        {
            _only = bytes;
            return;
        }

        Spill();
        _many!.Write(bytes, 0, bytes.Length);
    }

    private void Spill()
    {
        _many ??= new MemoryStream();
        if (_only is not null)
            _many.Write(_only, 0, _only.Length);
        _only = null;
    }

    private static WinMmfException Unfit(string what) => new(
        WinMmfErrorId.InvalidArgument,
        $"A memory cannot hold {what}. Give a byte[], text, or numbers that fit the type of -Type.");
}
