using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using WinMmf.Management.Catalogue;
using WinMmf.Names;

namespace WinMmf.Soak;

/// <summary>
/// Kills or stops one party at a random moment, again and again, and checks each time: no reader accepted a torn frame, one publisher at a
/// time, readers go on within a second of its first frame, and nothing stays behind.
/// </summary>
internal sealed class Driver : IDisposable
{
    private const int Refused = 3;
    private const long GoOnLimitNanoseconds = 1_000_000_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly SharedName _name;
    private readonly Places _places = new();
    private readonly Leftovers _leftovers;
    private readonly Random _random;
    private readonly (ReaderMode Mode, ReaderPlace Place)[] _kinds;
    private readonly Child?[] _readers;
    private readonly List<string> _faults = new();
    private readonly List<long> _goOn = new();
    private Child? _publisher;
    private long _epoch;
    private int _kills;
    private int _stops;
    private int _refusals;
    private int _races;
    private int _undecided;

    private Driver(int seed)
    {
        _random = new Random(seed);
        _kinds = [(ReaderMode.Every, ReaderPlace.Here), (ReaderMode.Lease, ReaderPlace.Here), (ReaderMode.ReadOnly, ReaderPlace.Here)];
        if (_places.WhyNot is null)
        {
            _kinds = [.. _kinds, (ReaderMode.Lease, ReaderPlace.OtherAccount), (ReaderMode.Every, ReaderPlace.OtherAccount),
                (ReaderMode.Lease, ReaderPlace.OtherContainer), (ReaderMode.ReadOnly, ReaderPlace.OtherContainer)];
        }

        _readers = new Child?[_kinds.Length];
        _name = new SharedName(
            "soak-" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
            _places.WhyNot is null ? NameScope.Global : NameScope.Local);
        _leftovers = new Leftovers(_name.Name);
    }

    public static int Run(int kills, int seed)
    {
        Console.WriteLine($"soak: {kills} kills, seed {seed}");
        using Driver driver = new(seed);
        if (driver._places.WhyNot is string reason)
            Console.WriteLine($"soak: skipped: readers of another account and in another container, because {reason}");
        else
            Console.WriteLine("soak: with readers of another account and in another container");
        try
        {
            driver.Drive(kills);
            driver.CheckNothingStays();
        }
        catch (InvalidOperationException e)
        {
            driver._faults.Add(e.Message);
        }

        foreach (string fault in driver._faults)
            Console.WriteLine($"FAULT {fault}");
        driver._goOn.Sort();
        string median = driver._goOn.Count == 0 ? "-" : Milliseconds(driver._goOn[driver._goOn.Count / 2]);
        string worst = driver._goOn.Count == 0 ? "-" : Milliseconds(driver._goOn[^1]);
        Console.WriteLine(
            $"soak: {driver._kills} kills, {driver._stops} stops, {driver._races} races for a dead publisher's channel, "
                + $"{driver._refusals} second publishers refused, {driver._undecided} leases undecided; "
                + $"readers went on {median} ms after the first frame (median), {worst} ms (worst of {driver._goOn.Count})");
        Console.WriteLine($"{(driver._faults.Count == 0 ? 1 : 0)} passed, {(driver._faults.Count == 0 ? 0 : 1)} failed, 0 skipped");
        return driver._faults.Count == 0 ? 0 : 1;
    }

    public void Dispose()
    {
        _publisher?.Dispose();
        foreach (Child? reader in _readers)
            reader?.Dispose();
        _places.Dispose();
    }

    private void Drive(int kills)
    {
        _publisher = StartPublisher();
        for (int i = 0; i < _readers.Length; i++)
            _readers[i] = StartReader(i);
        int report = Math.Max(1, kills / 20);
        while (_kills < kills)
        {
            Thread.Sleep(_random.Next(60));
            switch (_random.Next(OperatingSystem.IsWindows() ? 2 : 4))
            {
                case 0:
                    KillPublisher();
                    break;
                case 1:
                    KillReader(_random.Next(_readers.Length));
                    break;
                case 2:
                    StopPublisher();
                    break;
                default:
                    StopReader(_random.Next(_readers.Length));
                    break;
            }

            CollectFaults();
            if (_kills % report == 0)
                Console.WriteLine($"soak: {_kills} kills, {_faults.Count} faults");
        }

        CheckProgress();
    }

    private void KillPublisher()
    {
        int[] positions = _readers.Select(reader => reader!.LineCount).ToArray();
        _publisher!.Kill();
        _kills++;
        _publisher = StartPublisher(out long first);
        for (int i = 0; i < _readers.Length; i++)
        {
            string? line = _readers[i]!.WaitForLine($"epoch {_epoch} ", Limit, ref positions[i]);
            if (line is null)
                throw new InvalidOperationException(
                    $"reader {_readers[i]!.Label} did not go on within {Limit.TotalSeconds} s after kill {_kills}");
            long after = Math.Max(0, Number(line, 2) - first);
            _goOn.Add(after);
            if (after > GoOnLimitNanoseconds)
                _faults.Add($"reader {_readers[i]!.Label} went on {Milliseconds(after)} ms after the first frame");
        }
    }

    private void KillReader(int index)
    {
        _readers[index]!.Kill();
        _kills++;
        CollectFaults(_readers[index]!);
        _undecided += _readers[index]!.CountUndecided();
        _readers[index]!.Dispose();
        _readers[index] = StartReader(index);
    }

    private void StopPublisher()
    {
        _publisher!.Signal("STOP");
        _stops++;
        if (_random.Next(4) == 0)
        {
            // It is alive, so no other publisher may take its place.
            using Child second = new("second publisher", Publish);
            int position = 0;
            if (second.WaitForLine("refused ChannelInUse", Limit, ref position) is null)
                _faults.Add("a second publisher was not refused while the first was stopped");
            else
                _refusals++;
        }
        else
        {
            Thread.Sleep(_random.Next(100));
        }

        if (_random.Next(3) == 0)
            KillPublisher();
        else
            _publisher!.Signal("CONT");
    }

    private void StopReader(int index)
    {
        _readers[index]!.Signal("STOP");
        _stops++;
        Thread.Sleep(_random.Next(100));
        if (_random.Next(3) == 0)
            KillReader(index);
        else
            _readers[index]!.Signal("CONT");
    }

    private string[] Publish => ["publish", _name.Scope.ToString(), _name.Name];

    private Child StartPublisher() => StartPublisher(out _);

    private Child StartPublisher(out long firstFrame)
    {
        // Sometimes two at once: one of them must get the channel, the other must be refused.
        List<Child> rivals = [new("publisher", Publish)];
        if (_random.Next(5) == 0)
        {
            rivals.Add(new Child("rival", Publish));
            _races++;
        }

        Child? winner = null;
        firstFrame = 0;
        foreach (Child rival in rivals)
        {
            int position = 0;
            string? line = rival.WaitForLine("first ", Limit, ref position);
            if (line is null)
            {
                if (rivals.Count == 1 || !rival.HasExited || rival.ExitCode != Refused)
                {
                    position = 0;
                    string said = rival.WaitForLine("", TimeSpan.Zero, ref position) ?? "nothing";
                    throw new InvalidOperationException($"a publisher did not start after {_kills} kills; it said: {said}");
                }

                rival.Dispose();
                continue;
            }

            if (winner is not null)
                throw new InvalidOperationException("two publishers at once got the channel");
            winner = rival;
            long epoch = Number(line, 1);
            if (epoch <= _epoch && _epoch > 0)
                throw new InvalidOperationException($"epoch {epoch} came after {_epoch}: the channel was made anew though readers hold it");
            _epoch = epoch;
            firstFrame = Number(line, 2);
            if (Number(line, 3) != 0)
                _faults.Add($"the publisher dropped {Number(line, 3)} frames");
        }

        return winner ?? throw new InvalidOperationException("none of two publishers got the channel");
    }

    private Child StartReader(int index)
    {
        (ReaderMode mode, ReaderPlace place) = _kinds[index];
        string[] read = ["read", _name.Scope.ToString(), _name.Name, mode.ToString()];
        Child reader = new(place == ReaderPlace.Here ? $"{mode}" : $"{mode} {place}", _places.Command(place, read), place);
        int position = 0;
        if (reader.WaitForLine("epoch ", Limit, ref position) is null)
            throw new InvalidOperationException($"a new reader {reader.Label} read nothing within {Limit.TotalSeconds} s");
        return reader;
    }

    private void CheckProgress()
    {
        foreach (Child? reader in _readers)
        {
            int position = reader!.LineCount;
            string? before = reader.WaitForLine("at ", Limit, ref position);
            string? after = reader.WaitForLine("at ", Limit, ref position);
            if (before is null || after is null || Number(after, 2) <= Number(before, 2))
                _faults.Add($"reader {reader.Label} makes no progress");
        }
    }

    private void CheckNothingStays()
    {
        // All die at once; the next publisher starts nevertheless and removes everything when it ends.
        foreach (Child? reader in _readers)
        {
            reader!.Kill();
            CollectFaults(reader);
            _undecided += reader.CountUndecided();
        }

        _publisher!.Kill();
        _epoch = 0;
        _publisher = StartPublisher();
        if (!_publisher.End(Limit))
            _faults.Add("the last publisher did not end when it was asked to");
        if (SharedMemoryCatalogue.ListNames().Contains(_name))
            _faults.Add("the name is still listed after the last clean end");
        foreach (string left in _leftovers.Find())
            _faults.Add($"{left} is left after the last clean end");
    }

    private void CollectFaults()
    {
        foreach (Child? reader in _readers)
            CollectFaults(reader!);
    }

    private void CollectFaults(Child reader)
    {
        foreach (string fault in reader.Faults())
        {
            string text = $"{reader.Label} {reader.Id}: {fault}";
            if (!_faults.Contains(text))
                _faults.Add(text);
        }
    }

    private static long Number(string line, int word) => long.Parse(line.Split(' ')[word], CultureInfo.InvariantCulture);

    private static string Milliseconds(long nanoseconds) => (nanoseconds / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
}
