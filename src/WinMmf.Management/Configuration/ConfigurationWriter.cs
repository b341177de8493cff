using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using WinMmf.Management.Cameras;
using WinMmf.Management.Json;
using WinMmf.Management.Launching;
using WinMmf.Names;

namespace WinMmf.Management.Configuration;

/// <summary>Writes configuration files.</summary>
internal static class ConfigurationWriter
{
    /// <summary>A file with one publisher for each camera, or with the test picture where there is no camera.</summary>
    /// <param name="cameras">The cameras.</param>
    /// <param name="scope">The scope of the names.</param>
    /// <param name="schema">The address of the schema; null: none.</param>
    public static string For(IReadOnlyList<FoundCamera> cameras, NameScope scope, string? schema)
    {
        List<(PublishRequest, string)> publishers = [.. cameras.Select(camera => (
            new PublishRequest(new SharedName(CameraNaming.ChannelName(camera, cameras), scope))
            {
                Camera = CameraIdentity.Of(camera, cameras),
            },
            camera.Formats.Count == 0 ? camera.Name : $"{camera.Name}: {string.Join(", ", camera.Formats)}"))];
        if (publishers.Count == 0)
            publishers.Add((
                new PublishRequest(new SharedName("Test", scope)), "No camera was there. Replace \"synthetic\" by \"camera\": \"NAME\"."));
        return Write(publishers, schema);
    }

    /// <summary>A file with these publishers.</summary>
    /// <param name="publishers">Each with a comment; an empty one is left out.</param>
    /// <param name="schema">The address of the schema; null: none.</param>
    public static string Write(IEnumerable<(PublishRequest Request, string Comment)> publishers, string? schema)
    {
        StringBuilder text = new("{\n");
        if (schema is not null)
            text.Append("  ").Append(Member(ConfigurationKeys.Schema, JsonText.Quote(schema))).Append(",\n");
        text.Append("  ").Append(JsonText.Quote(ConfigurationKeys.Publishers)).Append(": [");
        string between = "\n";
        foreach ((PublishRequest request, string comment) in publishers)
        {
            text.Append(between).Append("    {\n");
            if (comment.Length > 0)
                text.Append("      // ").Append(comment.Replace('\r', ' ').Replace('\n', ' ')).Append('\n');
            text.Append("      ").Append(string.Join(",\n      ", Members(request))).Append("\n    }");
            between = ",\n";
        }

        return text.Append("\n  ]\n}\n").ToString();
    }

    /// <summary>The members of one entry.</summary>
    public static IEnumerable<string> Members(PublishRequest request)
    {
        yield return Member(ConfigurationKeys.Name, JsonText.Quote(request.Name.Name));
        if (request.Name.Scope != NameScope.Local)
            yield return Member(ConfigurationKeys.Scope, JsonText.Quote(request.Name.Scope.ToString()));
        if (request.Camera is null && request.Input is null)
            yield return Member(ConfigurationKeys.Synthetic, "true");
        foreach (RequestOption<PublishRequest> option in PublishOptions.All)
        {
            string[] texts = [.. option.Read(request)];
            if (texts.Length > 0)
                yield return Member(option.Key, Value(option, texts));
        }
    }

    private static string Value(RequestOption<PublishRequest> option, IReadOnlyList<string> texts) => option.Value.Type switch
    {
        RequestValueType.Pair => $"{{ {string.Join(", ", texts.Select(Pair))} }}",
        RequestValueType.Whole or RequestValueType.Bool => texts[0],
        RequestValueType.Number => double.Parse(texts[0], CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture),
        _ when option.Form == RequestOptionForm.List => $"[{string.Join(", ", texts.Select(JsonText.Quote))}]",
        _ => JsonText.Quote(texts[0]),
    };

    private static string Pair(string text)
    {
        int equals = text.IndexOf('=');
        return Member(text.Substring(0, equals), JsonText.Quote(text.Substring(equals + 1)));
    }

    private static string Member(string key, string value) => $"{JsonText.Quote(key)}: {value}";
}
