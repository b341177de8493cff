using WinMmf.Layouts;
using WinMmf.Platform.Linux.Native;
using WinMmf.Time;

namespace WinMmf.Platform.Linux;

/// <summary>A connection to a door on which the message with the row is awaited (protocol 7.12).</summary>
internal sealed unsafe class LinuxRowRequest : RowRequest
{
    private readonly DescriptorHandle _connection;
    private readonly uint _epoch;
    private readonly string _label;
    private bool _finished;

    private LinuxRowRequest(DescriptorHandle connection, uint epoch, string label)
    {
        _connection = connection;
        _epoch = epoch;
        _label = label;
    }

    /// <summary>Asks at a door; null if no process listens there, or one of another account than the owner.</summary>
    /// <param name="folder">The channel's folder.</param>
    /// <param name="owner">The channel's owner, who must be the one that listens.</param>
    /// <param name="epoch">The epoch whose door it is.</param>
    /// <param name="label">A label for display.</param>
    public static LinuxRowRequest? TrySend(LinuxFolder folder, uint owner, uint epoch, string label)
    {
        if (Libc.CreateSocket(Libc.MessageSocket, out DescriptorHandle connection) != 0)
            return null;
        if (LinuxSocketPath.Connect(connection, folder, LinuxFolder.Door(epoch)) == 0
            && Libc.GetPeer(connection, out PeerCredentials peer) == 0
            && LinuxUsers.IsSame(peer.UserId, owner))
        {
            return new LinuxRowRequest(connection, epoch, label);
        }

        connection.Dispose();
        return null;
    }

    public override bool TryFinish(int milliseconds, out ReaderRow? row)
    {
        row = null;
        if (_finished)
            return true;
        if (!Libc.WaitReadable(_connection, milliseconds))
            return false;
        _finished = true;
        MapHandle? map = TryReceive(out int number);
        if (map is null)
        {
            _connection.Dispose();
            return true;
        }

        row = new LinuxReaderRow(number, _epoch, _connection, map);
        RowRecord.Write(row.Line, LinuxProcessProbe.Self, MonotonicClock.UnixNow, _label);
        return true;
    }

    public override void Dispose()
    {
        // The connection is the row's from then on.
        if (_finished)
            return;
        _finished = true;
        _connection.Dispose();
    }

    private MapHandle? TryReceive(out int number)
    {
        byte* message = stackalloc byte[DoorLayout.Size];
        int error = Libc.Receive(_connection, message, DoorLayout.Size, out int length, out DescriptorHandle? memory);
        using (memory)
        {
            uint given = *(uint*)(message + DoorLayout.RowOffset);
            number = (int)given;
            bool isRow = error == 0
                && memory is not null
                && length == DoorLayout.Size
                && *(uint*)(message + DoorLayout.MagicOffset) == AnchorLayout.Magic
                && *(uint*)(message + DoorLayout.KindOffset) == DoorLayout.Kind
                && *(uint*)(message + DoorLayout.VersionOffset) >> 16 == ProtocolVersion.SpokenMajor
                && *(uint*)(message + DoorLayout.StatusOffset) == (uint)DoorStatus.Granted
                && *(uint*)(message + DoorLayout.EpochOffset) == _epoch
                && given is >= 1 and <= RowLayout.Most;
            return isRow ? LinuxRowMemory.TryMap(memory!) : null;
        }
    }
}
