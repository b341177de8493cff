using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>A row that was handed out, the connection that is its life, and whose it is.</summary>
internal sealed class LinuxDoorRow
{
    public LinuxDoorRow(PublisherRow row, uint userId, DescriptorHandle connection, MapHandle map)
    {
        Row = row;
        UserId = userId;
        Connection = connection;
        Map = map;
    }

    public PublisherRow Row { get; }

    public uint UserId { get; }

    public DescriptorHandle Connection { get; }

    public MapHandle Map { get; }

    /// <summary>By which the service loop knows the connection.</summary>
    public long Key { get; set; }
}
