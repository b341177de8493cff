using System;
using System.Collections.Generic;
using System.Linq;
using WinMmf.Benchmarks.Transports;

namespace WinMmf.Benchmarks.Running;

/// <summary>One transport with its publisher and readers, each a process of its own, warm, waiting for blocks.</summary>
internal sealed class Contender : IDisposable
{
    private const int PublisherProcessor = 0;
    private const int ReaderProcessor = 1;
    private static int _count;

    private readonly ChildProcess _sender;
    private readonly ChildProcess[] _receivers;
    private ChildProcess[] _running = [];

    public Contender(TransportKind kind, int frameLength, int readers)
    {
        Kind = kind;
        Name = $"bench-{Environment.ProcessId}-{++_count}";
        string[] common = [kind.ToString(), Name, Text(frameLength)];
        _sender = new ChildProcess(PublisherProcessor, ["send", .. common, Text(readers)]);
        _sender.Expect("ready");
        _receivers = Enumerable.Range(0, readers).Select(i => new ChildProcess(ReaderProcessor, ["receive", .. common, Text(i)])).ToArray();
        foreach (ChildProcess receiver in _receivers)
            receiver.Expect("ready");
    }

    public TransportKind Kind { get; }

    public string Name { get; }

    public ChildProcess Sender => _sender;

    public IReadOnlyList<ChildProcess> Receivers => _receivers;

    /// <summary>Lets readers find the slots' addresses, for <see cref="BlockKind.RawSlots"/>.</summary>
    public void LearnSlots()
    {
        foreach (ChildProcess receiver in _receivers)
            receiver.Say("learn");
        _sender.Say(BlockJson.Write(
            new Block { Kind = BlockKind.Paced, Frames = 200 * Math.Max(1, _receivers.Length), PeriodMicroseconds = 2000 }));
        _sender.Hear();
        foreach (ChildProcess receiver in _receivers)
            receiver.Expect("learnt");
    }

    /// <summary>Runs one block to its end.</summary>
    /// <param name="block">What to do.</param>
    /// <param name="withReaders">False: the readers stay out of it.</param>
    public BlockOutcome Run(Block block, bool withReaders = true)
    {
        Begin(block, withReaders);
        return Finish();
    }

    /// <summary>Starts a block and goes on.</summary>
    public void Begin(Block block, bool withReaders = true)
    {
        _running = withReaders ? _receivers : [];
        string order = BlockJson.Write(block);
        foreach (ChildProcess receiver in _running)
            receiver.Say(order);
        foreach (ChildProcess receiver in _running)
            receiver.Expect("waiting");
        _sender.Say(order);
    }

    /// <summary>Waits for the end of the block that was begun.</summary>
    public BlockOutcome Finish()
    {
        SenderResult sent = BlockJson.ReadSender(_sender.Hear());
        return new BlockOutcome(sent, _running.Select(static receiver => BlockJson.ReadReceiver(receiver.Hear())).ToArray());
    }

    public void Dispose()
    {
        foreach (ChildProcess receiver in _receivers)
            receiver.Dispose();
        _sender.Dispose();
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
