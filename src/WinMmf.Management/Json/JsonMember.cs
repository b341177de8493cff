namespace WinMmf.Management.Json;

/// <summary>A member of a JSON object.</summary>
internal sealed class JsonMember
{
    /// <summary>Makes one.</summary>
    public JsonMember(string key, JsonPlace place, JsonValue value)
    {
        Key = key;
        Place = place;
        Value = value;
    }

    /// <summary>Its name.</summary>
    public string Key { get; }

    /// <summary>Where its name stands.</summary>
    public JsonPlace Place { get; }

    /// <summary>Its value.</summary>
    public JsonValue Value { get; }
}
