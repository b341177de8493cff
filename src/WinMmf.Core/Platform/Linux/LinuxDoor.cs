using System;
using System.Collections.Generic;
using WinMmf.Layouts;
using WinMmf.Platform.Linux.Native;
using WinMmf.Time;

namespace WinMmf.Platform.Linux;

/// <summary>
/// The door of a channel (protocol 7.6–7.11): hands out rows in sealed memory, one page a reader, to accounts that may read control. If a
/// socket, a descriptor or memory is missing, readers lose their rows and the publisher nothing.
/// </summary>
internal sealed unsafe class LinuxDoor : PublisherRows
{
    private const int Backlog = 64;
    private const int MostAtOnce = 16;

    /// <summary>Answers between two ticks; clients that connect without end must not keep a processor busy.</summary>
    private const int MostPerTick = 64;
    private const long PauseNanoseconds = 1_000_000_000;

    private readonly LinuxServiceLoop _loop;
    private readonly LinuxFolder _folder;
    private readonly uint _epoch;
    private readonly string _name;
    private readonly List<LinuxDoorRow> _rows = [];
    private DescriptorHandle? _listener;
    private FileStatus _status;
    private long _listenerKey;
    private long _pausedUntil;
    private int _answered;
    private LinuxSharedSection? _control;
    private bool _disposed;

    public LinuxDoor(LinuxServiceLoop loop, LinuxFolder folder, uint epoch)
    {
        _loop = loop;
        _folder = folder;
        _epoch = epoch;
        _name = LinuxFolder.Door(epoch);
    }

    /// <summary>True: rows that come or go are events.</summary>
    public override bool MayRest => true;

    public override bool CanWakeAnybody => true;

    /// <summary>True if there is a socket.</summary>
    public bool IsOpen => _listener is not null;

    /// <summary>Opens the door to those that a mode lets in; without a socket the channel goes without rows.</summary>
    public void Open(LinuxFileMode mode)
    {
        _folder.Remove(_name);
        if (Libc.CreateSocket(Libc.MessageSocket, out DescriptorHandle socket) != 0)
            return;

        // Access before listening: until then no client can connect.
        bool isOpen = LinuxSocketPath.Bind(socket, _folder, _name) == 0
            && mode.ApplyTo(_folder, _name) == 0
            && Libc.Listen(socket, Backlog) == 0
            && _folder.GetStatus(_name, out _status) == 0
            && _loop.Watch(socket, Libc.EventReadable, Answer, out _listenerKey) == 0;
        if (isOpen)
        {
            _listener = socket;
            return;
        }

        socket.Dispose();
        _folder.Remove(_name);
    }

    /// <summary>Names the section by whose access it is judged who may have a row, and on whose newest word readers sleep.</summary>
    public void Guard(LinuxSharedSection control) => _control = control;

    /// <summary>True while the socket's name leads to it.</summary>
    public bool IsStillNamed() => _listener is null || (_folder.GetStatus(_name, out FileStatus now) == 0 && now.IsSameFile(in _status));

    public override void Tick(long now)
    {
        _answered = 0;
        if (_pausedUntil == 0 || now < _pausedUntil || _listener is null)
            return;
        _pausedUntil = 0;
        _loop.Watch(_listener, Libc.EventReadable, Answer, out _listenerKey);
    }

    public override void EndRest() => _loop.EndRest();

    public override int Wake(ulong sleeping) => _control is null ? 0 : Libc.FutexWakeAll((uint*)(_control.Address + ControlLayout.Newest));

    public override void WakeAll() => Wake(0);

    public override void Dispose() => _loop.RunAlone(() =>
    {
        if (_disposed)
            return;
        _disposed = true;
        if (_listener is not null)
        {
            _loop.Unwatch(_listener, _listenerKey);
            if (IsStillNamed())
                _folder.Remove(_name);
            _listener.Dispose();
        }

        Replace([]);
        foreach (LinuxDoorRow row in _rows)
            Close(row);
        _rows.Clear();
    });

    private void Answer()
    {
        for (int i = 0; i < MostAtOnce; i++)
        {
            if (++_answered > MostPerTick)
            {
                Pause(0);
                return;
            }

            int error = Libc.Accept(_listener!, out DescriptorHandle connection);
            if (error == 0)
            {
                Answer(connection);
                continue;
            }

            connection.Dispose();

            // Out of descriptors, or worse: who knocks would be reported without end.
            if (error is not Errno.EAGAIN)
                Pause(PauseNanoseconds);
            return;
        }
    }

    /// <summary>Lets knockers wait, until the next tick at least.</summary>
    private void Pause(long nanoseconds)
    {
        _loop.Unwatch(_listener!, _listenerKey);
        _pausedUntil = MonotonicClock.Now + nanoseconds;
    }

    private void Answer(DescriptorHandle connection)
    {
        DoorStatus status = Judge(connection, out uint userId, out int number);
        if (status == DoorStatus.Granted && TryGive(connection, userId, number))
        {
            Given++;
            return;
        }

        Refused++;
        Send(connection, status == DoorStatus.Granted ? DoorStatus.NoneFree : status, 0, null);
        connection.Dispose();
    }

    private DoorStatus Judge(DescriptorHandle connection, out uint userId, out int number)
    {
        userId = LinuxUsers.OverflowUser;
        number = 0;
        if (_control is null || Libc.GetPeer(connection, out PeerCredentials peer) != 0
            || Libc.GetStatus(_control.File.Descriptor, out FileStatus control) != 0)
            return DoorStatus.NotAllowed;
        userId = peer.UserId;
        if (!LinuxDoorRules.MayRead(in control, in peer, Libc.GetPeerGroups(connection)))
            return DoorStatus.NotAllowed;
        return LinuxDoorRules.TryFindRow(_rows, control.UserId, userId, out number);
    }

    private bool TryGive(DescriptorHandle connection, uint userId, int number)
    {
        if (LinuxRowMemory.TryCreate(out DescriptorHandle memory, out MapHandle? map) != 0 || map is null)
            return false;
        using (memory)
        {
            LinuxDoorRow row = new(new PublisherRow(number, map.Address), userId, connection, map);
            if (_loop.Watch(connection, Libc.EventHangUp, () => End(row), out long key) != 0)
            {
                map.Dispose();
                return false;
            }

            // In the table before the reader can know of it.
            row.Key = key;
            _rows.Add(row);
            Publish();
            if (Send(connection, DoorStatus.Granted, number, memory) == 0)
                return true;
            End(row);
            return true;
        }
    }

    private void End(LinuxDoorRow row)
    {
        if (!_rows.Remove(row))
            return;
        Ended++;
        Publish();
        Close(row);
    }

    private void Close(LinuxDoorRow row)
    {
        _loop.Unwatch(row.Connection, row.Key);
        row.Connection.Dispose();
        row.Map.Dispose();
    }

    private void Publish() => Replace([.. _rows.ConvertAll(static row => row.Row)]);

    private int Send(DescriptorHandle connection, DoorStatus status, int row, DescriptorHandle? memory)
    {
        byte* message = stackalloc byte[DoorLayout.Size];
        for (int i = 0; i < DoorLayout.Size; i++)
            message[i] = 0;
        *(uint*)(message + DoorLayout.MagicOffset) = AnchorLayout.Magic;
        *(uint*)(message + DoorLayout.KindOffset) = DoorLayout.Kind;
        *(uint*)(message + DoorLayout.VersionOffset) = ProtocolVersion.Word;
        *(uint*)(message + DoorLayout.SizeOffset) = DoorLayout.Size;
        *(uint*)(message + DoorLayout.StatusOffset) = (uint)status;
        *(uint*)(message + DoorLayout.RowOffset) = (uint)row;
        *(uint*)(message + DoorLayout.EpochOffset) = _epoch;
        *(uint*)(message + DoorLayout.RowBytesOffset) = DoorLayout.RowBytes;
        return Libc.Send(connection, message, DoorLayout.Size, memory);
    }
}
