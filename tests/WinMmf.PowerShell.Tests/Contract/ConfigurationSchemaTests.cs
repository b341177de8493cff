using System.IO;
using System.Linq;
using System.Text;
using NJsonSchema;
using WinMmf.Management.Configuration;
using WinMmf.Management.Launching;
using Xunit;

namespace WinMmf.PowerShell.Tests.Contract;

/// <summary>The JSON schema that the module brings: what it admits the reader takes, and what it refuses the reader refuses.</summary>
public sealed class ConfigurationSchemaTests
{
    [Fact]
    public void The_published_schema_is_that_of_the_publish_request()
    {
        string made = Path.Combine(Path.GetTempPath(), ConfigurationSchema.FileName);
        File.WriteAllText(made, ConfigurationSchema.Make());
        Assert.True(
            ConfigurationSchema.Make() == Repository.Read("module", ConfigurationSchema.FileName),
            $"module/{ConfigurationSchema.FileName} is out of date. Copy {made} there.");
    }

    [Fact]
    public void It_has_each_option_with_a_description()
    {
        JsonSchema schema = Load().Properties["publishers"].Item!;
        Assert.Equal(ConfigurationKeys.All, schema.Properties.Keys);
        Assert.All(schema.Properties.Values, static property => Assert.False(string.IsNullOrEmpty(property.Description)));

        // A configuration file has keys, and no options of a command line.
        Assert.All(schema.Properties.Values, static property => Assert.DoesNotContain("--", property.Description));
        Assert.Equal(PublishOptions.All.Count + 3, schema.Properties.Count);
    }

    [Theory]
    [InlineData("""{ "name": "a", "synthetic": true, "width": 64, "pixelFormat": "NV12", "readAccess": "Users" }""", true)]
    [InlineData("""{ "name": "a", "camera": "*", "scope": "global", "readAccess": ["Users", "Eve"], "backend": "OpenCv" }""", true)]
    [InlineData("""{ "name": "a", "path": "rtsp://door/x", "inputOption": { "rtsp_transport": "tcp", "x": 3 } }""", true)]
    [InlineData("""{ "name": "a", "path": "a.mp4", "loop": true, "pace": false, "frameRate": 29.97, "stallTimeoutSec": 2.5 }""", true)]
    [InlineData("""{ "name": "a" }""", false)]
    [InlineData("""{ "synthetic": true }""", false)]
    [InlineData("""{ "name": "a", "synthetic": true, "camera": "*" }""", false)]
    [InlineData("""{ "name": "a", "synthetic": false }""", false)]
    [InlineData("""{ "name": "", "synthetic": true }""", false)]
    [InlineData("""{ "name": "a", "synthetic": true, "width": 0 }""", false)]
    [InlineData("""{ "name": "a", "synthetic": true, "width": 1.5 }""", false)]
    [InlineData("""{ "name": "a", "synthetic": true, "width": "64" }""", false)]
    [InlineData("""{ "name": "a", "synthetic": true, "slots": 2 }""", false)]
    [InlineData("""{ "name": "a", "synthetic": true, "pixelFormat": "rgb" }""", false)]
    [InlineData("""{ "name": "a", "synthetic": true, "pixelFormat": "None" }""", false)]
    [InlineData("""{ "name": "a", "synthetic": true, "scope": "here" }""", false)]
    [InlineData("""{ "name": "a", "synthetic": true, "readAccess": [3] }""", false)]
    [InlineData("""{ "name": "a", "path": "x", "inputOption": ["a=b"] }""", false)]
    [InlineData("""{ "name": "a", "path": "x", "loop": "yes" }""", false)]
    [InlineData("""{ "name": "a", "synthetic": true, "framerate": 3 }""", false)]
    public void It_agrees_with_the_reader(string entry, bool isValid)
    {
        string text = $$"""{ "publishers": [ {{entry}} ] }""";
        Assert.Equal(isValid, !Load().Validate(text).Any());
        Assert.Equal(isValid, ConfigurationFile.Parse(Encoding.UTF8.GetBytes(text), Path.GetFullPath("cameras.json")).IsValid);
    }

    private static JsonSchema Load() =>
        JsonSchema.FromJsonAsync(Repository.Read("module", ConfigurationSchema.FileName)).GetAwaiter().GetResult();
}
