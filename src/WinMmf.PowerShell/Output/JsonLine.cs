using System;
using System.Globalization;
using System.Text;

namespace WinMmf.PowerShell.Output;

/// <summary>One flat JSON object on one line. Windows PowerShell has no JSON writer that needs no package, and packages clash.</summary>
internal sealed class JsonLine
{
    private readonly StringBuilder _text = new("{");

    public void Add(string name, string? value)
    {
        Begin(name);
        if (value is null)
            _text.Append("null");
        else
            AppendString(value);
    }

    public void Add(string name, long? value)
    {
        Begin(name);
        _text.Append(value?.ToString(CultureInfo.InvariantCulture) ?? "null");
    }

    /// <summary>To a thousandth; JSON knows neither NaN nor infinity.</summary>
    public void AddNumber(string name, double value)
    {
        Begin(name);
        _text.Append(
            double.IsNaN(value) || double.IsInfinity(value) ? "null" : Math.Round(value, 3).ToString("R", CultureInfo.InvariantCulture));
    }

    public override string ToString() => _text + "}";

    private void Begin(string name)
    {
        if (_text.Length > 1)
            _text.Append(',');
        AppendString(name);
        _text.Append(':');
    }

    private void AppendString(string value)
    {
        _text.Append('"');
        foreach (char c in value)
        {
            if (c is '"' or '\\')
                _text.Append('\\').Append(c);
            else if (c < ' ')
                _text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else
                _text.Append(c);
        }

        _text.Append('"');
    }
}
