using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using WinMmf.Management.Json;
using WinMmf.Management.Launching;
using WinMmf.Names;

namespace WinMmf.Management.Configuration;

/// <summary>
/// The JSON schema (draft 7) of a configuration file, made from the options of a publish request. The module brings it as a file.
/// </summary>
internal static class ConfigurationSchema
{
    /// <summary>The file's name.</summary>
    public const string FileName = "WinMmf.Configuration.schema.json";

    private const string About = "A configuration file: which publishers there shall be on a machine. Comments "
        + "(// and /* */) and a comma behind a last value are possible. Relative paths are relative to the file's folder.";

    /// <summary>The schema's text.</summary>
    public static string Make()
    {
        List<string> properties =
        [
            Property(ConfigurationKeys.Name, "\"type\": \"string\", \"minLength\": 1", "The channel's name: 1 to 200 bytes, no slashes."),
            Property(
                ConfigurationKeys.Scope,
                Words([nameof(NameScope.Local), nameof(NameScope.Global)]),
                "Who can see the name: this session or user (default), or all of the machine."),
            Property(ConfigurationKeys.Synthetic, "\"enum\": [true]", "Publish the test picture."),
            .. PublishOptions.All.Select(static option => Property(option.Key, Type(option), Describe(option.Description))),
        ];
        IEnumerable<string> sources = ConfigurationKeys.Sources.Select(static key => $$"""{ "required": ["{{key}}"] }""");
        return $$"""
            {
              "$schema": "http://json-schema.org/draft-07/schema#",
              "title": "Publishers of WinMmf",
              "description": {{JsonText.Quote(About)}},
              "type": "object",
              "required": ["{{ConfigurationKeys.Publishers}}"],
              "additionalProperties": false,
              "properties": {
                "{{ConfigurationKeys.Schema}}": { "type": "string" },
                "{{ConfigurationKeys.Publishers}}": {
                  "description": "One object for each publisher.",
                  "type": "array",
                  "items": {
                    "type": "object",
                    "required": ["{{ConfigurationKeys.Name}}"],
                    "oneOf": [{{string.Join(", ", sources)}}],
                    "additionalProperties": false,
                    "properties": {
            {{string.Join(",\n", properties)}}
                    }
                  }
                }
              }
            }

            """.Replace("\r\n", "\n");
    }

    private static string Property(string key, string type, string description) =>
        $$"""          {{JsonText.Quote(key)}}: { {{type}}, "description": {{JsonText.Quote(description)}} }""";

    private static string Type(RequestOption<PublishRequest> option)
    {
        RequestValue value = option.Value;
        string type = value.Type switch
        {
            RequestValueType.Whole => $"\"type\": \"integer\", {Range(value)}",
            RequestValueType.Number => $"\"type\": \"number\", {Range(value)}",
            RequestValueType.Bool => "\"type\": \"boolean\"",
            RequestValueType.Choice => Words(value.Choices),
            RequestValueType.Pair => "\"type\": \"object\", \"additionalProperties\": { \"type\": [\"string\", \"number\"] }",
            _ => "\"type\": \"string\"",
        };
        return option.Form == RequestOptionForm.List && value.Type != RequestValueType.Pair
            ? $$"""
              "oneOf": [{ {{type}} }, { "type": "array", "items": { {{type}} } }]
              """.Trim()
            : type;
    }

    private static string Range(RequestValue value) =>
        $"\"minimum\": {Number(value.Least)}, \"maximum\": {Number(value.Most)}";

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>In any case of letters, as the file is read: completion offers the words, the pattern admits the rest.</summary>
    private static string Words(IReadOnlyList<string> words)
    {
        StringBuilder pattern = new();
        foreach (char c in string.Join("|", words))
            pattern.Append(char.IsLetter(c) ? $"[{char.ToUpperInvariant(c)}{char.ToLowerInvariant(c)}]" : c.ToString());
        return $"\"type\": \"string\", \"anyOf\": [{{ \"enum\": [{string.Join(", ", words.Select(JsonText.Quote))}] }}, "
            + $"{{ \"pattern\": \"^({pattern})$\" }}]";
    }

    /// <summary>What help says, with a configuration file's names in place of the command line's.</summary>
    private static string Describe(string help)
    {
        foreach (RequestOption<PublishRequest> option in PublishOptions.All.OrderByDescending(static option => option.Name.Length))
            help = help.Replace("--no-" + option.Name, $"{option.Key} = false").Replace("--" + option.Name, option.Key);
        return help.Replace(" May be given several times.", "").Replace("With --detached: write", "Write");
    }
}
