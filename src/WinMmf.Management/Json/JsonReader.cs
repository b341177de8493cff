using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace WinMmf.Management.Json;

/// <summary>
/// Reads JSON (RFC 8259) with comments (// and /* */) and with a comma behind a last value, as people write configuration files. Every
/// value knows its place. A reader of our own, because what PowerShell loads carries no package, and .NET Framework has no other that tells
/// places.
/// </summary>
internal sealed class JsonReader
{
    /// <summary>Arrays and objects in one another; each takes a stack frame here.</summary>
    private const int MostDepth = 32;

    private readonly string _text;
    private int _at;
    private int _line = 1;
    private int _lineStart;
    private int _depth;

    private JsonReader(string text) => _text = text;

    private JsonPlace Here => new(_line, _at - _lineStart + 1);

    private bool IsAtEnd => _at >= _text.Length;

    /// <summary>Reads a text that is one value.</summary>
    /// <exception cref="JsonException">It is none; says where and what to do.</exception>
    public static JsonValue Read(string text)
    {
        JsonReader reader = new(text);
        reader.SkipBlanks();
        if (reader.IsAtEnd)
            throw new JsonException(reader.Here, "There is no value here. Begin with { and end with }.");
        JsonValue value = reader.ReadValue();
        reader.SkipBlanks();
        return reader.IsAtEnd
            ? value
            : throw reader.Fault($"The value has ended, and {reader.Found()} follows. Remove what follows, or a bracket before it.");
    }

    private JsonValue ReadValue()
    {
        if (_depth == MostDepth)
            throw Fault($"Brackets are {MostDepth} deep here, and no more is possible. Remove some.");
        JsonPlace place = Here;
        switch (_text[_at])
        {
            case '{':
                return ReadObject(place);
            case '[':
                return ReadArray(place);
            case '"':
                return JsonValue.Of(JsonKind.String, place, ReadString());
            case '-' or (>= '0' and <= '9'):
                return JsonValue.Of(JsonKind.Number, place, ReadNumber());
            case '\'':
                throw Fault("Text stands between double quotes (\") here, not between single ones.");
            default:
                return ReadWord(place);
        }
    }

    private JsonValue ReadObject(JsonPlace place)
    {
        List<JsonMember> members = [];
        Dictionary<string, JsonPlace> known = new();
        _at++;
        _depth++;
        while (true)
        {
            SkipBlanks();
            if (TryTake('}'))
                break;
            if (members.Count > 0)
                TakeComma('}', place);
            if (TryTake('}'))
                break;
            ExpectMore('}', place);
            JsonPlace start = Here;
            if (_text[_at] != '"')
                throw Fault($"A name between double quotes is expected here, and {Found()} was found.");
            string key = ReadString();
            if (known.TryGetValue(key, out JsonPlace first))
                throw new JsonException(
                    start, $"\"{key}\" stands here for the second time, after line {first.Line}. Remove one of them.");
            known.Add(key, start);
            SkipBlanks();
            if (!TryTake(':'))
                throw Fault($"A colon is expected after \"{key}\", and {Found()} was found.");
            SkipBlanks();
            ExpectMore('}', place);
            members.Add(new JsonMember(key, start, ReadValue()));
        }

        _depth--;
        return JsonValue.Of(place, members);
    }

    private JsonValue ReadArray(JsonPlace place)
    {
        List<JsonValue> items = [];
        _at++;
        _depth++;
        while (true)
        {
            SkipBlanks();
            if (TryTake(']'))
                break;
            if (items.Count > 0)
                TakeComma(']', place);
            if (TryTake(']'))
                break;
            ExpectMore(']', place);
            items.Add(ReadValue());
        }

        _depth--;
        return JsonValue.Of(place, items);
    }

    private string ReadString()
    {
        JsonPlace start = Here;
        StringBuilder text = new();
        for (_at++; ; _at++)
        {
            if (IsAtEnd || _text[_at] is '\n' or '\r')
                throw new JsonException(start, "The text that begins here has no closing quote (\") in its line. Add it.");
            char c = _text[_at];
            if (c == '"')
                break;
            if (c < ' ')
                throw Fault($"A control character (U+{(int)c:X4}) stands in a text. Write it as \\u{(int)c:X4}, a tab as \\t.");
            text.Append(c == '\\' ? ReadEscape() : c);
        }

        _at++;
        return text.ToString();
    }

    /// <summary>Ends on the escape's last character.</summary>
    private char ReadEscape()
    {
        _at++;
        switch (IsAtEnd ? '\n' : _text[_at])
        {
            case 'n':
                return '\n';
            case 't':
                return '\t';
            case 'r':
                return '\r';
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case '"' or '\\' or '/':
                return _text[_at];
            case 'u' when _at + 4 < _text.Length && int.TryParse(
                _text.Substring(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code):
                _at += 4;
                return (char)code;
            default:
                _at--;
                throw Fault(
                    "A single backslash begins an escape, and this is none. Write a backslash twice, as in \"C:\\\\logs\", or use /.");
        }
    }

    private string ReadNumber()
    {
        JsonPlace start = Here;
        int first = _at;
        while (!IsAtEnd && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '-' or '+' or '.'))
            _at++;
        string number = _text.Substring(first, _at - first);
        return IsNumber(number)
            ? number
            : throw new JsonException(start, $"'{number}' is no number. Write digits with a point, such as 29.97, or text between quotes.");
    }

    /// <summary>An optional minus, digits without leading zeros, and where they are a fraction and an exponent.</summary>
    private static bool IsNumber(string text)
    {
        int at = text[0] == '-' ? 1 : 0;
        int digits = Digits(text, ref at);
        if (digits == 0 || (digits > 1 && text[at - digits] == '0'))
            return false;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            if (Digits(text, ref at) == 0)
                return false;
        }

        if (at < text.Length && text[at] is 'e' or 'E')
        {
            at++;
            if (at < text.Length && text[at] is '+' or '-')
                at++;
            if (Digits(text, ref at) == 0)
                return false;
        }

        return at == text.Length;
    }

    private static int Digits(string text, ref int at)
    {
        int first = at;
        while (at < text.Length && text[at] is >= '0' and <= '9')
            at++;
        return at - first;
    }

    private JsonValue ReadWord(JsonPlace place)
    {
        int first = _at;
        while (!IsAtEnd && char.IsLetterOrDigit(_text[_at]))
            _at++;
        string word = _text.Substring(first, _at - first);
        switch (word)
        {
            case "true" or "false":
                return JsonValue.Of(JsonKind.Bool, place, word);
            case "null":
                return JsonValue.Of(JsonKind.Null, place, word);
            case "":
                throw Fault($"A value is expected here, and {Found()} was found.");
            default:
                throw new JsonException(
                    place, $"'{word}' is no value. Write text between double quotes, or true, false, a number, [ or {{.");
        }
    }

    private void TakeComma(char end, JsonPlace start)
    {
        ExpectMore(end, start);
        if (!TryTake(','))
            throw Fault($"A comma or {end} is expected here, and {Found()} was found.");
        SkipBlanks();
    }

    private void ExpectMore(char end, JsonPlace start)
    {
        if (IsAtEnd)
            throw Fault($"The text ends here, and the bracket of line {start.Line}, column {start.Column} is still open. Add {end}.");
    }

    private bool TryTake(char c)
    {
        if (IsAtEnd || _text[_at] != c)
            return false;
        _at++;
        return true;
    }

    private void SkipBlanks()
    {
        while (!IsAtEnd)
        {
            switch (_text[_at])
            {
                case '\n':
                    _line++;
                    _lineStart = ++_at;
                    break;
                case ' ' or '\t' or '\r':
                    _at++;
                    break;
                case '/':
                    SkipComment();
                    break;
                default:
                    return;
            }
        }
    }

    private void SkipComment()
    {
        JsonPlace start = Here;
        switch (_at + 1 < _text.Length ? _text[_at + 1] : '\0')
        {
            case '/':
                while (!IsAtEnd && _text[_at] != '\n')
                    _at++;
                break;
            case '*':
                int end = _text.IndexOf("*/", _at + 2, System.StringComparison.Ordinal);
                if (end < 0)
                    throw new JsonException(start, "The comment that begins here does not end. Add */.");
                for (; _at < end; _at++)
                {
                    if (_text[_at] != '\n')
                        continue;
                    _line++;
                    _lineStart = _at + 1;
                }

                _at += 2;
                break;
            default:
                throw Fault("A comment begins with // or /*. Write one of these.");
        }
    }

    /// <summary>What stands here, for a sentence.</summary>
    private string Found() => IsAtEnd ? "the end of the text"
        : _text[_at] is '\n' or '\r' ? "the end of the line"
        : char.IsControl(_text[_at]) || char.IsSurrogate(_text[_at]) ? $"U+{(int)_text[_at]:X4}"
        : $"'{_text[_at]}'";

    private JsonException Fault(string message) => new(Here, message);
}
