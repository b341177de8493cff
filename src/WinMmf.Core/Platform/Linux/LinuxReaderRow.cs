using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>A reader's row, and the connection that keeps it (protocol 7.12).</summary>
internal sealed unsafe class LinuxReaderRow : ReaderRow
{
    private readonly DescriptorHandle _connection;
    private readonly MapHandle _map;

    public LinuxReaderRow(int number, uint epoch, DescriptorHandle connection, MapHandle map)
        : base(number, epoch, map.Address, mustBeLookedAt: false)
    {
        _connection = connection;
        _map = map;
    }

    public override void Dispose()
    {
        // The publisher sees the hang-up; what the row says does not count any more.
        _connection.Dispose();
        _map.Dispose();
    }
}
