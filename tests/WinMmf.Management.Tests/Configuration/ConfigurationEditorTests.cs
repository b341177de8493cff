using System.Linq;
using System.Text;
using WinMmf.Management.Configuration;
using WinMmf.Management.Launching;
using WinMmf.Names;
using Xunit;

namespace WinMmf.Management.Tests.Configuration;

public sealed class ConfigurationEditorTests
{
    private const string Written = """
        {
          // the hall
          "publishers": [
            { "name": "Door", "synthetic": true, "width": 320 }, // 7 m from "the" { gate }
            /* [ not this one ] */
            {
              "name": "Gate", // over there
              "synthetic": true
            }
            // the last line
          ]
        }

        """;

    [Fact]
    public void An_entry_is_replaced_and_all_else_stays()
    {
        string text = Set(Written, new PublishRequest(new SharedName("Door", NameScope.Local)) { Width = 640 });
        Assert.Equal(640, Read(text).Entries.Single(static entry => entry.Request.Name.Name == "Door").Request.Width);
        string[] comments =
            ["// the hall", "// 7 m from \"the\" { gate }", "/* [ not this one ] */", "// over there", "// the last line"];
        foreach (string kept in comments)
            Assert.Contains(kept, text, System.StringComparison.Ordinal);
        Assert.Equal(2, Read(text).Entries.Count);
    }

    [Theory]
    [InlineData(Written, 3)]
    [InlineData("""{ "publishers": [ { "name": "Door", "synthetic": true }, ] }""", 2)]
    [InlineData("""{ "publishers": [ ] }""", 1)]
    [InlineData("""{ "publishers": [ /* none yet ] */ ] }""", 1)]
    [InlineData("{\r\n  \"publishers\": [\r\n    { \"name\": \"a\\\"}]b\", \"synthetic\": true }\r\n  ]\r\n}\r\n", 2)]
    public void An_entry_is_added_behind_the_others(string before, int count)
    {
        string text = Set(before, new PublishRequest(new SharedName("New", NameScope.Global)));
        Assert.Equal(count, Read(text).Entries.Count);
        Assert.Equal("Global\\New", Read(text).Entries[count - 1].Request.Name.ToString());
    }

    [Theory]
    [InlineData("Door")]
    [InlineData("Gate")]
    public void An_entry_is_removed_and_all_else_stays(string name)
    {
        PublisherConfiguration configuration = Read(Written);
        ConfigurationEntry entry = configuration.Entries.Single(entry => entry.Request.Name.Name == name);
        string text = ConfigurationEditor.Remove(Written, configuration, entry);
        Assert.NotEqual(name, Assert.Single(Read(text).Entries).Request.Name.Name);
        Assert.Contains("// the hall", text, System.StringComparison.Ordinal);
        configuration = Read(text);
        Assert.Empty(Read(ConfigurationEditor.Remove(text, configuration, configuration.Entries[0])).Entries);
    }

    [Fact]
    public void The_same_entry_changes_nothing() => Assert.Contains(
        Read(Set(Written, new PublishRequest(new SharedName("Gate", NameScope.Local)))).Entries,
        static entry => entry.Request.Name.Name == "Gate");

    private static string Set(string text, PublishRequest request) => ConfigurationEditor.Set(text, Read(text), request);

    private static PublisherConfiguration Read(string text)
    {
        PublisherConfiguration configuration = ConfigurationFile.Parse(Encoding.UTF8.GetBytes(text), "/etc/winmmf/cameras.json");
        Assert.Empty(configuration.Faults);
        return configuration;
    }
}
