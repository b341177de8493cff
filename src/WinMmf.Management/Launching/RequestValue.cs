using System.Collections.Generic;

namespace WinMmf.Management.Launching;

/// <summary>What an option's value is: a configuration file writes it so, and its schema says it.</summary>
internal sealed class RequestValue
{
    private RequestValue(RequestValueType type) => Type = type;

    /// <summary>Any text.</summary>
    public static RequestValue Text { get; } = new(RequestValueType.Text);

    /// <summary>Yes or no.</summary>
    public static RequestValue Bool { get; } = new(RequestValueType.Bool);

    /// <summary>A name and a text.</summary>
    public static RequestValue Pair { get; } = new(RequestValueType.Pair);

    /// <summary>Its type.</summary>
    public RequestValueType Type { get; }

    /// <summary>The least number.</summary>
    public double Least { get; private set; }

    /// <summary>The greatest number.</summary>
    public double Most { get; private set; }

    /// <summary>True for a time in seconds.</summary>
    public bool IsTime { get; private set; }

    /// <summary>The words that are possible; empty where it is no choice.</summary>
    public IReadOnlyList<string> Choices { get; private set; } = [];

    /// <summary>A whole number.</summary>
    public static RequestValue Whole(long least, long most) => new(RequestValueType.Whole) { Least = least, Most = most };

    /// <summary>A number.</summary>
    public static RequestValue Number(double least, double most, bool isTime) =>
        new(RequestValueType.Number) { Least = least, Most = most, IsTime = isTime };

    /// <summary>One of several words.</summary>
    public static RequestValue Choice(IReadOnlyList<string> choices) => new(RequestValueType.Choice) { Choices = choices };
}
