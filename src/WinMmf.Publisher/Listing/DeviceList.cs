using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using WinMmf.Management.Cameras;
using WinMmf.Management.Platform.Selection;
using WinMmf.Publisher.Output;

namespace WinMmf.Publisher.Listing;

/// <summary>Shows the cameras of this machine.</summary>
internal static class DeviceList
{
    /// <summary>Prints them.</summary>
    public static void Print(Terminal terminal) => Print(terminal, ManagementServices.Current.Cameras.Find());

    internal static void Print(Terminal terminal, IReadOnlyList<FoundCamera> cameras)
    {
        IReadOnlyList<string> ids = CameraIdentity.Of(cameras);
        for (int i = 0; i < cameras.Count; i++)
        {
            FoundCamera camera = cameras[i];
            string id = ids[i];
            if (terminal.IsJson)
                terminal.Json(json => Describe(json, camera, id));
            else
                Describe(terminal, camera, id);
        }

        if (cameras.Count == 0 && !terminal.IsJson)
            terminal.Line("There is no camera that this account can see. Without one: WinMmf.Publisher publish --name cam1");
    }

    private static void Describe(Terminal terminal, FoundCamera camera, string id)
    {
        terminal.Line($"{camera.Name}  {id}  {camera.Path}");
        if (camera.Fault is string fault)
            terminal.Line($"    {fault}");
        if (camera.Users.Count > 0)
        {
            IEnumerable<string> users = camera.Users.Select(static user => $"process {user.ProcessId} ({user.Program})");
            terminal.Line($"    in use by {string.Join(", ", users)}");
        }

        foreach (CameraFormat format in camera.Formats)
            terminal.Line($"    {format}");
    }

    private static void Describe(Utf8JsonWriter json, FoundCamera camera, string id)
    {
        json.WriteString("name", camera.Name);
        json.WriteString("id", id);
        json.WriteNumber("index", camera.Number);
        json.WriteString("path", camera.Path);
        json.WriteString("inputFormat", camera.Format);
        json.WriteString("vendorId", camera.Vendor);
        json.WriteString("productId", camera.Product);
        json.WriteString("serialNumber", camera.Serial);
        json.WriteString("port", camera.Port);
        if (camera.Fault is string fault)
            json.WriteString("problem", fault);
        json.WriteStartArray("formats");
        foreach (CameraFormat format in camera.Formats)
        {
            json.WriteStartObject();
            json.WriteString("pixelFormat", format.PixelFormat);
            json.WriteNumber("width", format.Width);
            json.WriteNumber("height", format.Height);
            json.WriteStartArray("frameRates");
            foreach (double rate in format.FrameRates)
                json.WriteNumberValue(rate);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("users");
        foreach (CameraUser user in camera.Users)
        {
            json.WriteStartObject();
            json.WriteNumber("processId", user.ProcessId);
            json.WriteString("program", user.Program);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
