using WinMmf.Layouts;
using WinMmf.Platform.Linux.Native;
using WinMmf.Time;

namespace WinMmf.Platform.Linux;

/// <summary>A reader's row, and the connection that keeps it (protocol 7.12).</summary>
internal sealed unsafe class LinuxReaderRow : ReaderRow
{
    private const int AnswerMilliseconds = 250;

    private readonly DescriptorHandle _connection;
    private readonly MapHandle _map;

    private LinuxReaderRow(int number, uint epoch, DescriptorHandle connection, MapHandle map)
        : base(number, epoch, map.Address, mustBeLookedAt: false)
    {
        _connection = connection;
        _map = map;
    }

    /// <summary>Asks at a door; null if no row is free.</summary>
    /// <param name="folder">The channel's folder.</param>
    /// <param name="owner">The channel's owner, who must be the one that listens.</param>
    /// <param name="epoch">The epoch whose door it is.</param>
    /// <param name="label">A label for display.</param>
    public static LinuxReaderRow? TryGet(LinuxFolder folder, uint owner, uint epoch, string label)
    {
        if (Libc.CreateSocket(Libc.MessageSocket, out DescriptorHandle connection) != 0)
            return null;
        LinuxReaderRow? row = null;
        try
        {
            if (LinuxSocketPath.Connect(connection, folder, LinuxFolder.Door(epoch)) == 0
                && Libc.GetPeer(connection, out PeerCredentials peer) == 0
                && LinuxUsers.IsSame(peer.UserId, owner)
                && Libc.WaitReadable(connection, AnswerMilliseconds))
            {
                row = TryReceive(connection, epoch);
                if (row is not null)
                    RowRecord.Write(row.Line, LinuxProcessProbe.Self, MonotonicClock.UnixNow, label);
            }

            return row;
        }
        finally
        {
            if (row is null)
                connection.Dispose();
        }
    }

    public override void Dispose()
    {
        // The publisher sees the hang-up; what the row says does not count any more.
        _connection.Dispose();
        _map.Dispose();
    }

    private static LinuxReaderRow? TryReceive(DescriptorHandle connection, uint epoch)
    {
        byte* message = stackalloc byte[DoorLayout.Size];
        int error = Libc.Receive(connection, message, DoorLayout.Size, out int length, out DescriptorHandle? memory);
        using (memory)
        {
            uint number = *(uint*)(message + DoorLayout.RowOffset);
            bool isRow = error == 0
                && memory is not null
                && length == DoorLayout.Size
                && *(uint*)(message + DoorLayout.MagicOffset) == AnchorLayout.Magic
                && *(uint*)(message + DoorLayout.KindOffset) == DoorLayout.Kind
                && *(uint*)(message + DoorLayout.VersionOffset) >> 16 == ProtocolVersion.SpokenMajor
                && *(uint*)(message + DoorLayout.StatusOffset) == (uint)DoorStatus.Granted
                && *(uint*)(message + DoorLayout.EpochOffset) == epoch
                && number is >= 1 and <= RowLayout.Most;
            MapHandle? map = isRow ? LinuxRowMemory.TryMap(memory!) : null;
            return map is null ? null : new LinuxReaderRow((int)number, epoch, connection, map);
        }
    }
}
