using System;
using System.Collections.Generic;
using System.Linq;
using WinMmf.Errors;
using WinMmf.Management.Json;
using WinMmf.Management.Launching;
using WinMmf.Names;

namespace WinMmf.Management.Configuration;

/// <summary>Makes publish requests of a configuration file's values, and notes all that is wrong with them.</summary>
internal sealed class ConfigurationReader
{
    private readonly string _folder;
    private readonly List<ConfigurationEntry> _entries;
    private readonly List<ConfigurationFault> _faults;

    /// <param name="folder">The file's folder, to which its paths are relative.</param>
    /// <param name="entries">Receives the entries that could be read.</param>
    /// <param name="faults">Receives what is wrong.</param>
    public ConfigurationReader(string folder, List<ConfigurationEntry> entries, List<ConfigurationFault> faults)
    {
        _folder = folder;
        _entries = entries;
        _faults = faults;
    }

    /// <summary>Reads the file's value.</summary>
    public void Read(JsonValue root)
    {
        if (root.Kind != JsonKind.Object)
        {
            Note(
                root.Place, $"The file is {Article(root)}, and has to be an object. Write {{ \"{ConfigurationKeys.Publishers}\": [ ] }}.");
            return;
        }

        foreach (JsonMember member in root.Members)
        {
            if (member.Key == ConfigurationKeys.Publishers)
                ReadPublishers(member.Value);
            else if (member.Key != ConfigurationKeys.Schema)
                Note(member.Place, Unknown(member.Key, [ConfigurationKeys.Publishers, ConfigurationKeys.Schema]));
        }

        if (!root.Members.Any(static member => member.Key == ConfigurationKeys.Publishers))
            Note(root.Place, $"There is no \"{ConfigurationKeys.Publishers}\". Add it, an array with one object for each publisher.");
        ConfigurationConflicts.Find(_entries, _faults);
    }

    private void ReadPublishers(JsonValue publishers)
    {
        if (publishers.Kind != JsonKind.Array)
        {
            Note(publishers.Place, $"This is {Article(publishers)}, and has to be an array with one object for each publisher.");
            return;
        }

        foreach (JsonValue publisher in publishers.Items)
        {
            if (publisher.Kind == JsonKind.Object)
                ReadPublisher(publisher);
            else
                Note(
                    publisher.Place,
                    $"This is {Article(publisher)}, and has to be an object such as {{ \"name\": \"Door\", \"camera\": \"*\" }}.");
        }
    }

    private void ReadPublisher(JsonValue entry)
    {
        int before = _faults.Count;
        PublishRequest request = new();
        string? name = Find(entry, ConfigurationKeys.Name)?.Value is { Kind: JsonKind.String } text ? text.Text : null;
        ReadName(entry, request, name);
        foreach (JsonMember member in entry.Members)
        {
            if (ConfigurationKeys.OfEntry.Contains(member.Key))
                continue;
            if (PublishOptions.All.FirstOrDefault(option => option.Key == member.Key) is RequestOption<PublishRequest> option)
                ReadOption(option, member, request, name);
            else
                Note(member.Place, Unknown(member.Key, ConfigurationKeys.All), name);
        }

        JsonPlace source = ReadSource(entry, request, name);
        if (_faults.Count > before)
            return;
        try
        {
            request.ResolvePaths(_folder);
            request.Check();
            _entries.Add(new ConfigurationEntry(request, entry.Place, source));
        }
        catch (WinMmfException e)
        {
            Note(entry.Place, request.Hide(e.Message), name);
        }
    }

    private void ReadName(JsonValue entry, PublishRequest request, string? name)
    {
        NameScope scope = NameScope.Local;
        if (Find(entry, ConfigurationKeys.Scope)?.Value is JsonValue said)
        {
            if (said.Kind == JsonKind.String && string.Equals(said.Text, nameof(NameScope.Global), StringComparison.OrdinalIgnoreCase))
                scope = NameScope.Global;
            else if (said.Kind != JsonKind.String || !string.Equals(said.Text, nameof(NameScope.Local), StringComparison.OrdinalIgnoreCase))
                Note(said.Place, "A scope is \"Local\" or \"Global\". Write one of these.", name);
        }

        if (Find(entry, ConfigurationKeys.Name) is not JsonMember member)
            Note(entry.Place, $"This publisher has no \"{ConfigurationKeys.Name}\". Add the channel's name, such as \"Door\".");
        else if (name is null)
            Note(member.Value.Place, $"The name is {Article(member.Value)}, and has to be text between quotes.");
        else if (SharedName.FindFault(name) is string fault)
            Note(member.Value.Place, fault);
        else
            request.Name = new SharedName(name, scope);
    }

    private void ReadOption(RequestOption<PublishRequest> option, JsonMember member, PublishRequest request, string? name)
    {
        int before = _faults.Count;
        foreach ((JsonPlace place, string text) in ConfigurationValues.Read(option, member.Value, Refuse))
        {
            try
            {
                option.Write(request, text);
                option.Check(request);
            }
            catch (WinMmfException e)
            {
                Refuse(place, request.Hide(e.Message));
            }
        }

        void Refuse(JsonPlace place, string message)
        {
            // One fault a value.
            if (_faults.Count == before)
                Note(place, message, name);
        }
    }

    private JsonPlace ReadSource(JsonValue entry, PublishRequest request, string? name)
    {
        JsonMember[] sources = [.. entry.Members.Where(static member => ConfigurationKeys.Sources.Contains(member.Key))];
        string all = string.Join(", ", ConfigurationKeys.Sources.Select(static key => $"\"{key}\""));
        if (sources.Length != 1)
        {
            Note(
                sources.Length == 0 ? entry.Place : sources[1].Place,
                sources.Length == 0
                    ? $"This publisher has no source. Add one of {all}."
                    : $"A publisher has one source: one of {all}. Remove one.",
                name);
            return entry.Place;
        }

        if (sources[0].Key == ConfigurationKeys.Synthetic && sources[0].Value is not { Kind: JsonKind.Bool, Text: RequestOptionText.On })
            Note(sources[0].Value.Place, $"\"{ConfigurationKeys.Synthetic}\" is true, or is left out for another source.", name);
        return sources[0].Value.Place;
    }

    private static JsonMember? Find(JsonValue entry, string key) => entry.Members.FirstOrDefault(member => member.Key == key);

    internal static string Article(JsonValue value) => value.Kind switch
    {
        JsonKind.Object => "an object",
        JsonKind.Array => "an array",
        JsonKind.String => "text",
        JsonKind.Number => $"the number {value.Text}",
        _ => value.Text,
    };

    private static string Unknown(string key, IReadOnlyList<string> known)
    {
        string? meant = known.FirstOrDefault(other => string.Equals(other, key, StringComparison.OrdinalIgnoreCase))
            ?? known.Select(other => (other, distance: Distance(other.ToUpperInvariant(), key.ToUpperInvariant())))
                .Where(static found => found.distance <= 2).OrderBy(static found => found.distance)
                .Select(static found => found.other).FirstOrDefault();
        return meant is null
            ? $"\"{key}\" is not known here. There are: {string.Join(", ", known)}."
            : $"\"{key}\" is not known here. Write \"{meant}\".";
    }

    /// <summary>How many letters have to be added, removed or changed (Levenshtein).</summary>
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int changed = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }

    private void Note(JsonPlace place, string message, string? name = null) => _faults.Add(new ConfigurationFault(place, message, name));
}
