using WinMmf.Management.Control;
using WinMmf.Names;

namespace WinMmf.Publisher.Control;

/// <summary>
/// What a request to stop or to restart says about which channel or memory it means (protocol 9.5): a client may have come by the end
/// point of another name.
/// </summary>
internal static class AimedRequest
{
    private static readonly string[] Fields = [ControlClient.Channel, ControlClient.Keeps];

    /// <summary>True if a request means this channel or memory, or says nothing about it.</summary>
    public static bool IsFor(ControlMessage request, string field, SharedName name)
    {
        foreach (string said in Fields)
        {
            if (request[said].Length > 0 && (said != field || request[said] != name.ToString()))
                return false;
        }

        return true;
    }

    /// <summary>The answer to a request for another one.</summary>
    public static ControlMessage WrongName(string who) => new("ERROR WrongName") { ["message"] = who };
}
