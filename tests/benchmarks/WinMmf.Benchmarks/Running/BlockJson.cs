using System.Text.Json;
using System.Text.Json.Serialization;

namespace WinMmf.Benchmarks.Running;

/// <summary>Orders and results as lines of JSON, without reflection: processes start faster.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(Block))]
[JsonSerializable(typeof(SenderResult))]
[JsonSerializable(typeof(ReceiverResult))]
internal sealed partial class BlockJson : JsonSerializerContext
{
    public static Block ReadBlock(string line) => JsonSerializer.Deserialize(line, Default.Block)!;

    public static string Write(Block block) => JsonSerializer.Serialize(block, Default.Block);

    public static string Write(SenderResult result) => JsonSerializer.Serialize(result, Default.SenderResult);

    public static string Write(ReceiverResult result) => JsonSerializer.Serialize(result, Default.ReceiverResult);

    public static SenderResult ReadSender(string line) => JsonSerializer.Deserialize(line, Default.SenderResult)!;

    public static ReceiverResult ReadReceiver(string line) => JsonSerializer.Deserialize(line, Default.ReceiverResult)!;
}
