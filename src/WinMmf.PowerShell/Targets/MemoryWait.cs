using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Catalogue;
using WinMmf.Names;
using WinMmf.PowerShell.Commands;
using WinMmf.PowerShell.Output;
using WinMmf.Time;

namespace WinMmf.PowerShell.Targets;

/// <summary>Waits until a name, or one of those that match a pattern, is as wanted.</summary>
internal sealed class MemoryWait
{
    // Names come and go without a signal; a look costs some tens of microseconds.
    private const int PauseMilliseconds = 30;
    private readonly string _name;
    private readonly Func<IEnumerable<SharedMemoryReport>> _find;
    private readonly SharedMemoryCondition _condition;
    private readonly string? _ownerId;
    private readonly string? _scope;

    /// <param name="name">The name or pattern, for the error.</param>
    /// <param name="find">Finds the objects with the name now; NotFound if it is no pattern and no object has it.</param>
    /// <param name="condition">What to wait for.</param>
    /// <param name="ownerId">Whose it must be, as sections tell their owner; null: any account's.</param>
    /// <param name="scope">The scope that is searched, for the error; null: both.</param>
    public MemoryWait(
        string name, Func<IEnumerable<SharedMemoryReport>> find, SharedMemoryCondition condition, string? ownerId = null,
        string? scope = null)
    {
        _scope = scope;
        _ownerId = ownerId;
        _name = name;
        _find = find;
        _condition = condition;
    }

    /// <summary>Waits.</summary>
    /// <param name="end">When to give up.</param>
    /// <param name="timeout">How long that is from the first name on, for the error; null where it does not come.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What is as wanted; empty if nothing is to be there.</returns>
    /// <exception cref="WinMmfException">InvalidName; Timeout, with how it is now.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<SharedMemoryReport> Run(Deadline end, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            List<SharedMemoryReport> there = Look();
            List<SharedMemoryReport> fitting = there.FindAll(Fits);
            if (_condition == SharedMemoryCondition.Gone ? there.Count == 0 : fitting.Count > 0)
                return fitting;
            if (end.IsOver)
                throw Late(there, timeout.GetValueOrDefault());
            cancellationToken.WaitHandle.WaitOne(end.MillisecondsUpTo(PauseMilliseconds));
        }
    }

    private List<SharedMemoryReport> Look()
    {
        List<SharedMemoryReport> there = [];
        try
        {
            foreach (SharedMemoryReport report in _find())
            {
                // What a killed program left on Linux has no holder: the name is free.
                if (report.Kind != SharedMemoryKind.Leftover && (_ownerId is null || report.OwnerId == _ownerId))
                    there.Add(report);
            }
        }
        catch (WinMmfException e) when (e.ErrorId == WinMmfErrorId.NotFound)
        {
            // Not there: that is an answer here.
        }

        return there;
    }

    private bool Fits(SharedMemoryReport report) => _condition switch
    {
        SharedMemoryCondition.Exists => true,
        SharedMemoryCondition.Live => report.Channel is { State: ChannelState.Live },
        SharedMemoryCondition.Frame => report.Channel is { Newest: not null },
        _ => false,
    };

    private WinMmfException Late(List<SharedMemoryReport> there, TimeSpan waited)
    {
        string now = there.Count switch
        {
            0 => "nothing of that name exists",
            1 => $"{there[0].Name} is "
                + $"{new SharedMemoryInfo(there[0]).State}{(there[0].Channel is { Newest: null } ? " and has no frame" : "")}",
            _ => $"{there.Count} memories match",
        };
        string wanted = _condition switch
        {
            SharedMemoryCondition.Exists => "did not appear",
            SharedMemoryCondition.Gone => "did not go",
            SharedMemoryCondition.Live => "did not become live",
            _ => "had no frame",
        };
        return new WinMmfException(
            WinMmfErrorId.Timeout,
            $"'{_name}' {wanted} within {waited.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s: {now}.",
            new ErrorFacts { Name = _name, Scope = _scope, Operation = ErrorOperation.Wait, Waited = waited });
    }
}
