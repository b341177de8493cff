using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.IO.Pipes;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;
using WinMmf.Frames;
using WinMmf.Layouts;
using WinMmf.Management.Holders;
using WinMmf.Management.Locks;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Selection;
using WinMmf.Processes;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.TestPeer;

/// <summary>What a peer can do. Objects are kept under keys that the test chooses.</summary>
internal sealed unsafe class PeerCommands : IDisposable
{
    private const int ExitThreadX64 = 60;
    private const int ExitThreadArm64 = 93;
    private readonly IPlatform _platform = PlatformServices.Current;
    private readonly Dictionary<string, IDisposable> _objects = new();
    private FrameLease _leaseHeld;

    public string Do(string[] fields) => fields[0] switch
    {
        "identity" => Identity(),
        "probe-self" => "ok\t" + _platform.Processes.Probe(_platform.Processes.Current).ToString(),
        "account" => "ok\t" + _platform.Processes.CurrentAccount,
        "open" => Keep(fields[1], _platform.Sections.TryOpen(Name(fields), fields[4] == "rw")),
        "create" => Create(fields),
        "reclaim" => _platform.Sections.TryReclaim(Name(fields)) ? "ok" : "none",
        "speak" => Speak(fields),
        "own" => Keep(fields[1], _platform.Channels.Claim(Name(fields))),
        "isowned" => _platform.Channels.IsOwned(Name(fields)) ? "ok" : "none",
        "row" => TakeRow(fields),
        "knock" => Knock(fields[1]),
        "listen" => Listen(fields),
        "publish" => OpenWriter(fields),
        "frames" => Publish(fields),
        "count" => PeerCounts.Run(fields[1], _objects[fields[2]], Number(fields[3])),
        "epoch" => "ok\t" + ((FrameWriter)_objects[fields[1]]).Epoch.ToString(CultureInfo.InvariantCulture),
        "get" => "ok\t" + Volatile.Read(ref *Word(fields)).ToString(CultureInfo.InvariantCulture),
        "set" => Set(fields),
        "whole" => ((SharedSection)_objects[fields[1]]).IsWhole() ? "ok" : "none",
        "sleeper" => Keep(fields[1], _platform.Channels.OpenSleeper(Name(fields), null, Word(fields, 4))),
        "sleep" => Sleep(fields),
        "reader" => OpenReader(fields),
        "follow" => Follow(fields),
        "hold-lease" => ((FrameReader)_objects[fields[1]]).TryLeaseNewest(out _leaseHeld) ? "ok" : "none",
        "end-lease" => _leaseHeld.End() ? "ok" : "none",
        "holders" => Holders(fields),
        "block-pipe" => BlockPipe(fields[1]),
        "memory" =>
            Keep(fields[1], NamedMemory.Open(
            fields[2], Enum.Parse<NameScope>(fields[3]), writable: fields.Length < 5 || fields[4] == "rw")),
        "open-object" => PeerAccess.Open(fields[1], fields[2], fields[3]),
        "restrict" => PeerAccess.Restrict(fields[1..]),
        "subject" => PeerAccess.Subject(),
        "plan-grant" => PeerAccess.Grant(new SharedName(fields[1], Enum.Parse<NameScope>(fields[2])), fields[3]),
        "predict" => PeerAccess.Predict(new SharedName(fields[1], Enum.Parse<NameScope>(fields[2])), fields[3]),
        "new-memory" =>
            Keep(fields[1], NamedMemory.Create(Name(fields), Number(fields[4]),
            new NamedMemoryOptions { Residency = fields.Length > 5 ? Enum.Parse<MemoryResidency>(fields[5]) : MemoryResidency.None })),
        "word" => "ok\t" + Memory(fields).LockWord.Value.ToString("X8", CultureInfo.InvariantCulture),
        "sum" => "ok\t" + (*(ulong*)Memory(fields).Data).ToString(CultureInfo.InvariantCulture),
        "lock" => Keep(fields[1], PeerLocks.Take(Memory(fields), fields)),
        "stage" => PeerLocks.Stage(Memory(fields), fields),
        "rescue" => PeerLocks.BeginRecovery(Memory(fields)),
        "add" => PeerLocks.Add(Memory(fields), Number(fields[3])),
        "verdict" => "ok\t" + LockInspector.Inspect(Memory(fields)).Verdict,
        "recover" => LockRecovery.Recover(new SharedName(fields[1], Enum.Parse<NameScope>(fields[2]))).HasChanged ? "ok" : "none",
        "dispose" => Drop(fields[1]),
        "write-file" => WriteFile(fields),
        "make-folder" => Directory.CreateDirectory(fields[1]).Exists ? "ok" : "none",
        "lose-leader" => LoseLeader(),
        _ => throw new ArgumentException("Unknown command " + fields[0]),
    };

    public void Dispose()
    {
        foreach (IDisposable kept in _objects.Values)
            kept.Dispose();
    }

    private static SharedName Name(string[] fields) => new(fields[2], Enum.Parse<NameScope>(fields[3]));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Listens on a socket of its own, open to everybody, and never answers.</summary>
    private string Listen(string[] fields)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(fields[2]));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(
                fields[2], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);
        socket.Listen();
        return Keep(fields[1], socket);
    }

    private static string WriteFile(string[] fields)
    {
        File.WriteAllText(fields[1], fields[2]);
        return "ok";
    }

    /// <summary>Ends the process's first thread only; another one goes on answering.</summary>
    private static string LoseLeader()
    {
        int exit = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? ExitThreadArm64 : ExitThreadX64;
        new Thread(static () =>
        {
            Thread.Sleep(200);
            using Stream output = Console.OpenStandardOutput();
            output.Write("ok\n"u8);
            output.Flush();
            Thread.Sleep(Timeout.Infinite);
        }).Start();
        SystemCall(exit, 0);
        return "error\tstill here";
    }

    [DllImport("libc", EntryPoint = "syscall")]
    private static extern nint SystemCall(nint number, nint argument);

    private string Identity()
    {
        ProcessIdentity self = _platform.Processes.Current;
        return string.Create(CultureInfo.InvariantCulture, $"ok\t{self.ProcessId}\t{self.StartTime}\t{self.Host}");
    }

    private string Create(string[] fields)
    {
        string[] readers = fields[6].Split(',', StringSplitOptions.RemoveEmptyEntries);
        return Keep(fields[1], _platform.Sections.Create(
            Name(fields),
            long.Parse(fields[4], CultureInfo.InvariantCulture),
            Enum.Parse<ObjectKind>(fields[5]),
            new AccessPolicy(readers),
            static section => *(uint*)section.Address = Mark));
    }

    // Not zero, so that Windows takes the section for ready.
    private const uint Mark = 0xFF46_4D57;

    /// <summary>Takes a row of an epoch and writes its lease byte.</summary>
    private string TakeRow(string[] fields)
    {
        SharedName name = Name(fields);
        using SharedSection? control = _platform.Sections.TryOpen(name, writable: false);
        ReaderRow? row = null;
        if (control is not null)
        {
            row = _platform.Channels.TryGetRow(
                name, control, uint.Parse(fields[4], CultureInfo.InvariantCulture), "peer", out RowRequest? unanswered);
            if (unanswered?.TryFinish(60_000, out row) == false)
                return "error\tthe publisher has not said within a minute whether there is a row";
        }

        if (row is not null)
            Volatile.Write(ref row.Line[RowLayout.Lease], (byte)Number(fields[5]));
        return Keep(fields[1], row);
    }

    /// <summary>Asks at a door for a row; its end is given back at once.</summary>
    private static string Knock(string path)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified) { ReceiveTimeout = 10_000 };
        socket.Connect(new UnixDomainSocketEndPoint(path));
        byte[] answer = new byte[DoorLayout.Size];
        int length = socket.Receive(answer);
        return length == answer.Length && answer[DoorLayout.StatusOffset] == (byte)DoorStatus.Granted ? "ok" : "none";
    }

    private string OpenWriter(string[] fields)
    {
        FrameChannelOptions options = new(Name(fields)) { Source = "peer", Slots = Number(fields[4]) };
        if (fields[5].Length > 0)
            options.Access = new AccessPolicy(fields[5].Split(','));
        return Keep(fields[1], FrameWriter.Create(options));
    }

    /// <summary>Publishes frames of 16 × 8 pixels whose bytes all are the low byte of their number.</summary>
    private string Publish(string[] fields)
    {
        FrameWriter writer = (FrameWriter)_objects[fields[1]];
        long number = 0;
        for (int i = Number(fields[2]); i > 0; i--)
        {
            writer.TryBegin(FrameFormat.Packed(16, 8, PixelFormat.Gray8), out FrameSlot slot);
            slot.Span.Fill((byte)slot.FrameNumber);
            number = writer.Publish(slot);
        }

        return "ok\t" + number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Makes this process one of a build of another version of the protocol.</summary>
    private static string Speak(string[] fields)
    {
        ProtocolVersion.SpeakAs((uint)Number(fields[1]), (uint)Number(fields[2]));
        return "ok";
    }

    private string Set(string[] fields)
    {
        Volatile.Write(ref *Word(fields), uint.Parse(fields[3], CultureInfo.InvariantCulture));
        return "ok";
    }

    private string Sleep(string[] fields)
    {
        long start = Stopwatch.GetTimestamp();
        ((ISleeper)_objects[fields[1]]).Sleep(uint.Parse(fields[2], CultureInfo.InvariantCulture), Number(fields[3]));
        return "ok\t" + ((int)Stopwatch.GetElapsedTime(start).TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
    }

    private string OpenReader(string[] fields)
    {
        FrameReader reader = FrameReader.Open(
            fields[2], Enum.Parse<NameScope>(fields[3]), new FrameReaderOptions { UseRegistry = fields[4] == "rw" });
        _objects.Add(fields[1], reader);
        long start = Stopwatch.GetTimestamp();
        while (reader.IsAwaitingRow && Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(1))
            reader.Wait(long.MaxValue, TimeSpan.FromMilliseconds(10));
        return reader.HasRegistryRow ? "ok\trow" : "ok\tnone";
    }

    /// <summary>Reads frames in order up to a number and checks that all bytes of each are the low byte of its number.</summary>
    private string Follow(string[] fields)
    {
        FrameReader reader = (FrameReader)_objects[fields[1]];
        int last = Number(fields[2]);
        byte[] data = new byte[Number(fields[3])];
        long at = 0;
        int torn = 0;
        while (at < last)
        {
            if (!reader.Wait(at, TimeSpan.FromSeconds(30)))
                return "error\tno frame after " + at.ToString(CultureInfo.InvariantCulture);
            if (reader.TryCopyAfter(at, data, out FrameInfo info) != FrameReadStatus.Ok)
                continue;
            at = info.FrameNumber;
            if (data.AsSpan(0, info.Format.PayloadLength).ContainsAnyExcept((byte)at))
                torn++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"ok\t{reader.Counters.Read}\t{reader.Counters.Skipped}\t{torn}");
    }

    /// <summary>How many holders of a memory this process sees, and how many it knows to be hidden.</summary>
    private static string Holders(string[] fields)
    {
        SharedMemoryHolders? holders = SharedMemoryHolders.Find(
            new SharedName(fields[1], Enum.Parse<NameScope>(fields[2])), TimeSpan.FromSeconds(20));
        return holders is null ? "none" : string.Create(CultureInfo.InvariantCulture, $"ok\t{holders.Holders.Count}\t{holders.Hidden}");
    }

    /// <summary>Sits in a read of a synchronous pipe: on Windows a question for that handle's name would hang.</summary>
    private string BlockPipe(string name)
    {
        NamedPipeServerStream server = new(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.None);
        NamedPipeClientStream client = new(".", name, PipeDirection.InOut, PipeOptions.None);
        using ManualResetEventSlim reading = new();
        new Thread(() =>
        {
            server.WaitForConnection();
            reading.Set();
            server.ReadByte();
        })
        { IsBackground = true }.Start();
        client.Connect(20_000);
        reading.Wait();
        Thread.Sleep(50);
        _objects.Add("pipe-client", client);
        return "ok";
    }

    private NamedMemory Memory(string[] fields) => (NamedMemory)_objects[fields[2]];

    private uint* Word(string[] fields, int at = 1) => (uint*)(((SharedSection)_objects[fields[at]]).Address + Number(fields[at + 1]));

    private string Keep(string key, IDisposable? kept)
    {
        if (kept is null)
            return "none";
        _objects.Add(key, kept);
        return "ok";
    }

    private string Drop(string key)
    {
        _objects.Remove(key, out IDisposable? kept);
        kept?.Dispose();
        return "ok";
    }
}
