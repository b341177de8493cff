using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace WinMmf.Tests.Schedules;

/// <summary>
/// One order of the participants' steps. Exactly one participant runs at any time; before each of its steps it may be put aside for
/// another one, or be killed, as the choices say. Who waits runs again when another one has changed something.
/// </summary>
internal sealed class Schedule : IDisposable
{
    /// <summary>More steps than any of these scenarios needs: who takes more turns in a circle.</summary>
    private const int MostSteps = 20_000;

    private readonly List<Participant> _participants = [];
    private readonly List<(int Participant, string Step)> _steps = [];
    private readonly SemaphoreSlim _done = new(0);
    private readonly Choices _choices;
    private int _count;
    private int _preemptionsLeft;
    private int _crashesLeft;
    private int _changes;
    private Participant? _current;
    private Exception? _failure;

    public Schedule(Choices choices) => _choices = choices;

    /// <summary>True once all participants are through: what happens then is no part of the schedule.</summary>
    public bool IsOver { get; private set; } = true;

    /// <summary>What is called when a participant was killed, before anybody else takes a step.</summary>
    public Action<int>? Crashed { get; set; }

    /// <summary>Before which steps a participant may be put aside; null: before each.</summary>
    public Func<string, bool>? MayPutAside { get; set; }

    /// <summary>Who runs now.</summary>
    public int Current => _current!.Index;

    public bool HasCrashed(int participant) => _participants[participant].IsCrashed;

    public bool IsStuck(int participant) => _participants[participant].IsStuck;

    /// <summary>Runs the participants to their ends.</summary>
    /// <param name="bodies">What each does, and whether it may be killed.</param>
    /// <param name="preemptions">How often one is put aside that could go on.</param>
    /// <param name="crashes">How many are killed at most.</param>
    /// <returns>What went wrong in one of them; null if nothing did.</returns>
    public Exception? Run(IReadOnlyList<(Action Body, bool MayCrash)> bodies, int preemptions, int crashes)
    {
        while (_participants.Count < bodies.Count)
            _participants.Add(new Participant(_participants.Count));
        _count = bodies.Count;
        _steps.Clear();
        _failure = null;
        _changes = 0;
        _preemptionsLeft = preemptions;
        _crashesLeft = crashes;
        for (int i = 0; i < _count; i++)
            _participants[i].Prepare(this, bodies[i].Body, bodies[i].MayCrash);
        IsOver = false;
        _current = _participants[_choices.Choose(_count)];
        Host(_current);
        _done.Wait();
        IsOver = true;
        return _failure;
    }

    /// <summary>To be called before each step. Throws if the participant is killed here.</summary>
    public void Step(string what)
    {
        if (IsOver)
            return;
        Participant me = _current!;
        if (me.IsCrashed)
            throw new CrashException();
        if (_steps.Count == MostSteps)
            throw new InvalidOperationException("Nobody gets on.");
        int others = 0;
        Span<int> candidates = stackalloc int[8];
        if (_preemptionsLeft > 0 && (MayPutAside is null || MayPutAside(what)))
            others = FindOthers(me, candidates);
        bool mayCrash = me.MayCrash && _crashesLeft > 0;
        int choice = _choices.Choose(1 + others + (mayCrash ? 1 : 0));
        if (choice > others)
        {
            _crashesLeft--;
            _steps.Add((me.Index, "is killed before: " + what));
            Crash(me);
        }
        else if (choice > 0)
        {
            _preemptionsLeft--;
            HandTurnTo(_participants[candidates[choice - 1]], me);
        }

        _steps.Add((me.Index, what));
    }

    /// <summary>To be called after a step that others may wait for.</summary>
    public void Change()
    {
        if (IsOver)
            return;
        _changes++;
        _current!.OwnChanges++;
    }

    /// <summary>Lets others go on, until one of them has changed something.</summary>
    public void Wait(string what)
    {
        if (IsOver)
            throw new InvalidOperationException("Waits although nobody is left who could end it: " + what);
        Participant me = _current!;
        if (me.IsCrashed)
            throw new CrashException();
        if (_steps.Count == MostSteps)
            throw new InvalidOperationException("Nobody gets on.");
        _steps.Add((me.Index, "waits: " + what));
        me.IsWaiting = true;
        Span<int> candidates = stackalloc int[8];
        int others = FindOthers(me, candidates);
        if (others > 0)
            HandTurnTo(_participants[candidates[_choices.Choose(others)]], me);
        else if (!IsReady(me))
            GetStuck(me);
        me.IsWaiting = false;
        me.SeenChanges = _changes - me.OwnChanges;
    }

    /// <summary>Lets others go on, if there are any, and goes on itself in the end, whatever they do.</summary>
    public void Yield(string what)
    {
        Step(what);
        Span<int> candidates = stackalloc int[8];
        int others = FindOthers(_current!, candidates);
        if (others > 0)
            HandTurnTo(_participants[candidates[_choices.Choose(others)]], _current!);
    }

    /// <summary>
    /// Runs a participant to its end, and then on the same thread the next one if it has not begun: on a busy machine each change of the
    /// thread takes milliseconds. Only who is put aside in the middle keeps a thread.
    /// </summary>
    public void Host(Participant me)
    {
        while (true)
        {
            RunToItsEnd(me);
            Participant? next = Next(me);
            if (next is null)
            {
                _done.Release();
                return;
            }

            _current = next;
            if (next.HasBegun)
            {
                next.GiveTurn();
                return;
            }

            me = next;
        }
    }

    public string Describe() => string.Join('\n', _steps.Select(static step => $"  {step.Participant}: {step.Step}"));

    public void Dispose()
    {
        foreach (Participant participant in _participants)
            participant.Dispose();
        _done.Dispose();
    }

    private void RunToItsEnd(Participant me)
    {
        me.HasBegun = true;
        try
        {
            if (!me.IsStuck)
                me.Body();
        }
        catch (CrashException)
        {
        }
        catch (Exception e)
        {
            _failure ??= e;
        }

        me.IsDone = true;
    }

    private void Crash(Participant me)
    {
        me.IsCrashed = true;
        _changes++;
        me.OwnChanges++;
        Crashed?.Invoke(me.Index);
        throw new CrashException();
    }

    private void GetStuck(Participant me)
    {
        me.IsStuck = true;
        _steps.Add((me.Index, "waits for ever"));
        Crash(me);
    }

    private Participant? Next(Participant me)
    {
        Span<int> candidates = stackalloc int[8];
        int others = FindOthers(me, candidates);
        if (others > 0)
            return _participants[candidates[_choices.Choose(others)]];

        // All who are left wait for ever: they are ended one by one, from the inside.
        for (int i = 0; i < _count; i++)
        {
            if (!_participants[i].IsDone)
                return _participants[i];
        }

        return null;
    }

    private int FindOthers(Participant me, Span<int> candidates)
    {
        int found = 0;
        for (int i = 0; i < _count; i++)
        {
            Participant other = _participants[i];
            if (other != me && !other.IsDone && IsReady(other))
                candidates[found++] = i;
        }

        return found;
    }

    private bool IsReady(Participant participant) =>
        !participant.IsWaiting || _changes - participant.OwnChanges != participant.SeenChanges;

    private void HandTurnTo(Participant next, Participant me)
    {
        _current = next;
        if (next.HasBegun)
            next.GiveTurn();
        else
            next.Begin();
        me.AwaitTurn();

        // Given the turn although nothing has changed: nobody is left who could end the wait.
        if (me.IsWaiting && !IsReady(me))
            GetStuck(me);
    }
}
