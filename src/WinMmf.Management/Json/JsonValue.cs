using System.Collections.Generic;

namespace WinMmf.Management.Json;

/// <summary>A value of a JSON text, and where it stands there.</summary>
internal sealed class JsonValue
{
    private JsonValue(JsonKind kind, JsonPlace place)
    {
        Kind = kind;
        Place = place;
    }

    /// <summary>What it is.</summary>
    public JsonKind Kind { get; }

    /// <summary>Where it begins.</summary>
    public JsonPlace Place { get; }

    /// <summary>A string's text without escapes; a number, true, false or null as it is written.</summary>
    public string Text { get; private set; } = "";

    /// <summary>An array's values.</summary>
    public IReadOnlyList<JsonValue> Items { get; private set; } = [];

    /// <summary>An object's members, in their order.</summary>
    public IReadOnlyList<JsonMember> Members { get; private set; } = [];

    /// <summary>Makes a value that is neither an array nor an object.</summary>
    public static JsonValue Of(JsonKind kind, JsonPlace place, string text) => new(kind, place) { Text = text };

    /// <summary>Makes an array.</summary>
    public static JsonValue Of(JsonPlace place, IReadOnlyList<JsonValue> items) => new(JsonKind.Array, place) { Items = items };

    /// <summary>Makes an object.</summary>
    public static JsonValue Of(JsonPlace place, IReadOnlyList<JsonMember> members) => new(JsonKind.Object, place) { Members = members };
}
