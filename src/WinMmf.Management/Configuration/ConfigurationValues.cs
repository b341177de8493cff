using System;
using System.Collections.Generic;
using System.Linq;
using WinMmf.Management.Json;
using WinMmf.Management.Launching;

namespace WinMmf.Management.Configuration;

/// <summary>A JSON value as the texts that an option takes.</summary>
internal static class ConfigurationValues
{
    /// <summary>Gives the texts with their places.</summary>
    /// <param name="option">The option.</param>
    /// <param name="value">Its value in the file.</param>
    /// <param name="refuse">Called for a value of another type.</param>
    public static IEnumerable<(JsonPlace Place, string Text)> Read(
        RequestOption<PublishRequest> option, JsonValue value, Action<JsonPlace, string> refuse)
    {
        if (option.Value.Type == RequestValueType.Pair)
            return ReadPairs(option, value, refuse);
        if (option.Form != RequestOptionForm.List)
            return IsRight(option, value, refuse) ? [(value.Place, value.Text)] : [];
        IReadOnlyList<JsonValue> items = value.Kind == JsonKind.Array ? value.Items : [value];
        return [.. items.Where(item => IsRight(option, item, refuse)).Select(static item => (item.Place, item.Text))];
    }

    private static List<(JsonPlace Place, string Text)> ReadPairs(
        RequestOption<PublishRequest> option, JsonValue value, Action<JsonPlace, string> refuse)
    {
        List<(JsonPlace Place, string Text)> pairs = [];
        if (value.Kind != JsonKind.Object)
        {
            refuse(
                value.Place,
                $"\"{option.Key}\" is an object such as {{ \"rtsp_transport\": \"tcp\" }}, not {ConfigurationReader.Article(value)}.");
            return pairs;
        }

        foreach (JsonMember member in value.Members)
        {
            if (member.Value.Kind is JsonKind.String or JsonKind.Number)
                pairs.Add((member.Place, $"{member.Key}={member.Value.Text}"));
            else
            {
                refuse(
                    member.Value.Place,
                    $"The value of \"{member.Key}\" is text or a number, not {ConfigurationReader.Article(member.Value)}. Correct it.");
            }
        }

        return pairs;
    }

    private static bool IsRight(RequestOption<PublishRequest> option, JsonValue value, Action<JsonPlace, string> refuse)
    {
        (JsonKind kind, string words) = option.Value.Type switch
        {
            RequestValueType.Whole or RequestValueType.Number => (JsonKind.Number, "a number without quotes"),
            RequestValueType.Bool => (JsonKind.Bool, "true or false without quotes"),
            _ => (JsonKind.String, "text between quotes"),
        };
        if (value.Kind != kind)
        {
            refuse(value.Place, $"\"{option.Key}\" is {words}, not {ConfigurationReader.Article(value)}. Correct it, or leave it out.");
            return false;
        }

        if (option.Value.Type != RequestValueType.Choice || option.Value.Choices.Contains(value.Text, StringComparer.OrdinalIgnoreCase))
            return true;
        refuse(value.Place, $"\"{value.Text}\" is not known here. Choose one of: {string.Join(", ", option.Value.Choices)}.");
        return false;
    }
}
