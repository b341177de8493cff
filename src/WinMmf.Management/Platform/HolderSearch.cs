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

    /// <summary>Handles that the system counts, but whose process was not found.</summary>
    public int Hidden { get; set; }

    /// <summary>False once the time has run out.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Called before each process: false ends the search with what it has found.</summary>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public bool GoesOn()
    {
        _token.ThrowIfCancellationRequested();
        IsComplete = IsComplete && !_deadline.IsOver;
        return IsComplete;
    }

    public void Add(FoundHolder holder) => _found.Add(holder);
}
