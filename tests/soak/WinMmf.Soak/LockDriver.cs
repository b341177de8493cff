using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Management.Locks;
using WinMmf.Memory;
using WinMmf.Names;

namespace WinMmf.Soak;

/// <summary>
/// Kills owners and rescuers of one lock at random moments while four others continue, and checks: no process hangs, no living owner loses
/// its lock, no protected write is lost, no living process is called dead or the reverse, and a stopped one keeps its lock.
/// </summary>
internal sealed class LockDriver : IDisposable
{
    private const int Survivors = 4;
    private const int Victims = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string[] FaultWords = ["LOST", "TAKEN", "HANG", "VERDICT", "error"];

    private readonly string _name = "lock-soak-" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
    private readonly Random _random;
    private readonly NamedMemory _memory;
    private readonly Child[] _workers = new Child[Survivors + Victims];
    private readonly Child[] _rescuers = new Child[2];
    private readonly HashSet<int> _killed = new();
    private readonly List<string> _faults = new();
    private int _kills;
    private int _rescuerKills;
    private int _stops;
    private int _abandoned;
    private int _freed;
    private int _uncertain;
    private int _stoppedHolders;

    private LockDriver(int seed)
    {
        _random = new Random(seed);
        _memory = NamedMemory.Create(new SharedName(_name, NameScope.Local), LockedData.Size);
    }

    public static int Run(int kills, int seed)
    {
        Console.WriteLine($"lock soak: {kills} kills, seed {seed}");
        using LockDriver driver = new(seed);
        try
        {
            driver.Drive(kills);
        }
        catch (InvalidOperationException e)
        {
            driver._faults.Add(e.Message);
        }

        foreach (string fault in driver._faults.Distinct())
            Console.WriteLine("FAULT " + fault);
        LockedData data = new(driver._memory);
        Console.WriteLine(
            $"lock soak: {driver._kills} owners and {driver._rescuerKills} rescuers killed, {driver._stops} stops of everybody "
                + $"({driver._stoppedHolders} with a stopped holder), "
                + $"{driver._abandoned} times found abandoned, {driver._freed} freed, {driver._uncertain} looks uncertain; {data.Total} "
                + "protected writes");
        Console.WriteLine($"{(driver._faults.Count == 0 ? 1 : 0)} passed, {(driver._faults.Count == 0 ? 0 : 1)} failed, 0 skipped");
        return driver._faults.Count == 0 ? 0 : 1;
    }

    public void Dispose()
    {
        foreach (Child child in _workers.Concat(_rescuers).Where(static child => child is not null))
            child.Dispose();
        _memory.Dispose();
    }

    private void Drive(int kills)
    {
        for (int i = 0; i < _workers.Length; i++)
            _workers[i] = Start("locker", i.ToString(CultureInfo.InvariantCulture));
        for (int i = 0; i < _rescuers.Length; i++)
            _rescuers[i] = Start("rescuer");
        int report = Math.Max(1, kills / 20);
        while (_kills + _rescuerKills < kills)
        {
            Thread.Sleep(_random.Next(30));
            if (_random.Next(4) == 0)
                Kill(_rescuers, _random.Next(_rescuers.Length), "rescuer");
            else
                Kill(_workers, Survivors + _random.Next(Victims), "locker");
            CheckVerdict();
            if (!OperatingSystem.IsWindows() && _random.Next(5) == 0)
                StopEverybody();
            Collect();
            if ((_kills + _rescuerKills) % report == 0)
            {
                CheckProgress();
                Console.WriteLine($"lock soak: {_kills + _rescuerKills} kills, {_faults.Count} faults");
            }
        }

        CheckProgress();
        CheckEnd();
    }

    private void Kill(Child[] children, int index, string role)
    {
        Child child = children[index];
        child.Kill();
        lock (_killed)
            _killed.Add(child.Id);
        if (role == "rescuer")
            _rescuerKills++;
        else
            _kills++;

        // As soon as it is dead: before another process has recovered it.
        CheckVerdict();
        Collect(child);
        child.Dispose();
        children[index] = role == "rescuer" ? Start(role) : Start(role, index.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Who is called dead was killed, and who was killed is not called alive.</summary>
    private void CheckVerdict()
    {
        LockReport report = LockInspector.Inspect(_memory);
        foreach (LockParty party in report.Owners.Concat(report.Waiters))
        {
            bool killed = _killed.Contains((int)party.Process.ProcessId);
            if (killed == party.IsAlive)
                _faults.Add($"wrong verdict on {party}: it was {(killed ? "killed" : "not killed")}");
        }

        if (report.Verdict == LockVerdict.Abandoned)
            _abandoned++;
        if (report.Verdict == LockVerdict.Uncertain)
            _uncertain++;
        if (report.Verdict is LockVerdict.Corrupt or LockVerdict.Foreign)
            _faults.Add($"verdict {report.Verdict}: {string.Join(" ", report.Evidence)}");
        if (report.Verdict is LockVerdict.Held or LockVerdict.Waiting && !report.Owners.Any(static owner => owner.IsAlive))
            _faults.Add($"verdict {report.Verdict} without a living owner: {string.Join(" ", report.Evidence)}");
    }

    /// <summary>All workers stopped wherever they are: what they hold is held, and a recovery takes none of it.</summary>
    private void StopEverybody()
    {
        _stops++;
        foreach (Child worker in _workers)
            worker.Signal("STOP");
        LockReport before = LockInspector.Inspect(_memory);
        List<string> held = Living(before);
        if (held.Count > 0)
            _stoppedHolders++;
        try
        {
            LockRecovery.Recover(_memory.Name);
        }
        catch (WinMmfException e) when (e.ErrorId is WinMmfErrorId.LockHeld or WinMmfErrorId.NotReady or WinMmfErrorId.LockUndecided)
        {
        }

        LockReport after = LockInspector.Inspect(_memory);
        List<string> still = Living(after);
        if (held.Count > 0 && !held.SequenceEqual(still))
            _faults.Add(
                $"a stopped owner's lock was touched: before {string.Join("; ", before.Owners)}, after {string.Join("; ", after.Owners)}");
        if (held.Count > 0 && after.Verdict is LockVerdict.Free or LockVerdict.Corrupt or LockVerdict.Foreign)
            _faults.Add($"a stopped owner's lock is called {after.Verdict}");
        foreach (Child worker in _workers)
            worker.Signal("CONT");
    }

    private static List<string> Living(LockReport report) => report.Owners
        .Where(static owner => owner.IsAlive && owner.State == "Held")
        .Select(static owner => owner.OwnerId)
        .Order(StringComparer.Ordinal)
        .ToList();

    private void CheckProgress()
    {
        Stopwatch watch = Stopwatch.StartNew();
        for (int i = 0; i < Survivors; i++)
        {
            int position = _workers[i].LineCount;
            if (_workers[i].WaitForLine("at ", Limit, ref position) is null || _workers[i].WaitForLine("at ", Limit, ref position) is null)
                throw new InvalidOperationException($"worker {i} hangs: no lock in {watch.Elapsed.TotalSeconds:0} s; "
                    + $"{string.Join(" ", LockInspector.Inspect(_memory).Evidence)}");
        }
    }

    private void CheckEnd()
    {
        foreach (Child worker in _workers)
        {
            if (!worker.End(Limit))
                _faults.Add("a worker did not end when it was asked to");
            Collect(worker);
        }

        foreach (Child rescuer in _rescuers)
        {
            if (!rescuer.End(Limit))
                _faults.Add("a rescuer did not end when it was asked to");
            Collect(rescuer);
        }

        if (LockInspector.Inspect(_memory).Verdict == LockVerdict.Abandoned)
            LockRecovery.Recover(_memory.Name);
        LockReport last = LockInspector.Inspect(_memory);
        if (last.Verdict != LockVerdict.Free)
            _faults.Add($"in the end the lock is {last.Verdict}: {string.Join(" ", last.Evidence)}");
        LockedData data = new(_memory);
        if (!data.IsWhole() && !(last.IsSuspect && data.TryMend()))
            _faults.Add("in the end a protected write is lost");
    }

    private Child Start(string role, params string[] arguments)
    {
        Child child = new(role, [role, _name, .. arguments]);
        int position = 0;
        if (child.WaitForLine("ready", Limit, ref position) is null)
            throw new InvalidOperationException($"a {role} did not start");
        lock (_killed)
            _killed.Remove(child.Id);
        return child;
    }

    private void Collect()
    {
        foreach (Child child in _workers.Concat(_rescuers))
            Collect(child);
    }

    private void Collect(Child child)
    {
        foreach (string line in child.TakeLines())
        {
            if (FaultWords.Any(word => line.StartsWith(word, StringComparison.Ordinal)))
                _faults.Add($"{child.Label} {child.Id}: {line}");
            else if (line == "freed")
                _freed++;
            else if (line == "uncertain")
                _uncertain++;
            else if (line.StartsWith("dead ", StringComparison.Ordinal)
                && !_killed.Contains(int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture)))
                _faults.Add($"{child.Label} {child.Id} called a living process dead: {line}");
        }
    }
}
