using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace WinMmf.PowerShell.Diagnostics;

/// <summary>
/// Writes objects as lists of their properties, the same in every culture and without PowerShell, which would have to wait for it.
/// </summary>
internal static class ObjectText
{
    /// <summary>Each object as one paragraph.</summary>
    public static string Of(IEnumerable<object> objects, string none)
    {
        StringBuilder text = new();
        foreach (object item in objects)
        {
            PropertyInfo[] properties = item.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance);
            int width = 0;
            foreach (PropertyInfo property in properties)
                width = Math.Max(width, property.Name.Length);
            foreach (PropertyInfo property in properties)
                text.Append(property.Name.PadRight(width)).Append(" : ").Append(Value(property.GetValue(item))).Append('\n');
            text.Append('\n');
        }

        return text.Length == 0 ? none + "\n" : text.ToString();
    }

    private static string Value(object? value) => value switch
    {
        null => "",
        string text => text.Replace("\n", "\n    "),
        IFormattable number => number.ToString(value is DateTimeOffset ? "o" : null, CultureInfo.InvariantCulture),
        IEnumerable list => List(list),
        _ => value.ToString() ?? "",
    };

    private static string List(IEnumerable list)
    {
        List<string> items = [];
        foreach (object? item in list)
            items.Add(Value(item));
        return string.Join("; ", items);
    }
}
