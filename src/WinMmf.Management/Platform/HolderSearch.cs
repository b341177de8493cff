using System;
using System.Collections.Generic;
using System.Threading;
using WinMmf.Names;
using WinMmf.Time;

namespace WinMmf.Management.Platform;

/// <summary>A search for the holders of a memory: what is looked for, until when, and what was found.</summary>
internal sealed class HolderSearch
{
    private readonly Deadline _deadline;
    private readonly CancellationToken _token;
    private readonly List<FoundHolder> _found = new();

    public HolderSearch(SharedName name, TimeSpan timeout, CancellationToken token)
    {
        Name = name;
        _token = token;
        _deadline = Deadline.After(timeout);
    }

    public SharedName Name { get; }

    public IReadOnlyList<FoundHolder> Found => _found;

    /// <summary>Handles that the system counts and nobody was found for.</summary>
    public int Hidden { get; set; }

    /// <summary>False once the time has run out.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Asked before each process: false when the search is to stop with what it has.</summary>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public bool GoesOn()
    {
        _token.ThrowIfCancellationRequested();
        IsComplete = IsComplete && !_deadline.IsOver;
        return IsComplete;
    }

    public void Add(FoundHolder holder) => _found.Add(holder);
}
