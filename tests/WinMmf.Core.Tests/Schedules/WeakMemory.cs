using System;
using System.Collections.Generic;

namespace WinMmf.Tests.Schedules;

/// <summary>
/// Memory as several processors see it. Each word keeps all that was ever stored to it; a load may give any of it that the fences and the
/// acquire and release accesses of its thread do not rule out. So a store that is on its way in a store buffer, and a load that was made
/// earlier than it stands in the program, are tried as what they look like: an older value. (Views of promising semantics, without
/// promises: a load is never made later than a store that follows it.)
/// </summary>
internal sealed unsafe class WeakMemory
{
    /// <summary>How many values back a load goes at most.</summary>
    private const int MostStale = 4;

    private readonly Schedule _schedule;
    private readonly Choices _choices;
    private readonly Dictionary<IntPtr, int> _words = [];
    private readonly List<string> _names = [];
    private readonly List<List<(ulong Value, int[] View)>> _stores = [];
    private readonly Processor[] _processors;
    private int[] _fenced = [];

    public WeakMemory(Schedule schedule, Choices choices, int processors)
    {
        _schedule = schedule;
        _choices = choices;
        _processors = new Processor[processors];
    }

    /// <summary>The memory that a participant's thread uses.</summary>
    [field: ThreadStatic]
    public static WeakMemory? Current { get; set; }

    /// <summary>Puts a word under watch; until <see cref="Begin"/> it is plain.</summary>
    public void Watch(void* address, string name)
    {
        _words.Add((IntPtr)address, _names.Count);
        _names.Add(name);
    }

    /// <summary>From here on words are watched; what stands in them now is seen by all.</summary>
    public void Begin()
    {
        foreach (KeyValuePair<IntPtr, int> word in _words)
        {
            ulong value = _names[word.Value][0] switch
            {
                '.' => *(byte*)word.Key,
                '#' => *(ulong*)word.Key,
                _ => *(uint*)word.Key,
            };
            _stores.Add([(value, new int[_names.Count])]);
        }

        _fenced = new int[_names.Count];
        for (int i = 0; i < _processors.Length; i++)
            _processors[i] = new Processor(_names.Count);
    }

    /// <summary>Loads a word; false if it is not watched.</summary>
    public bool TryLoad(void* address, bool isAcquire, out ulong value)
    {
        value = 0;
        if (_schedule.IsOver || !_words.TryGetValue((IntPtr)address, out int word))
            return false;
        _schedule.Step($"loads {_names[word]}");
        Processor me = _processors[_schedule.Current];
        List<(ulong Value, int[] View)> stores = _stores[word];
        int newest = stores.Count - 1;
        int taken = newest - _choices.Choose(Math.Min(MostStale, newest - me.View[word] + 1));
        (value, int[] view) = stores[taken];
        me.View[word] = taken;
        Join(me.Seen, view);
        if (isAcquire)
            Join(me.View, view);
        return true;
    }

    /// <summary>Stores a word; false if it is not watched.</summary>
    public bool TryStore(void* address, ulong value, bool isRelease)
    {
        if (_schedule.IsOver || !_words.TryGetValue((IntPtr)address, out int word))
            return false;
        _schedule.Step($"stores {_names[word]} := {value:X}");
        Processor me = _processors[_schedule.Current];
        me.View[word] = _stores[word].Count;
        int[] view = (int[])(isRelease ? me.View : me.Fenced).Clone();
        view[word] = me.View[word];
        _stores[word].Add((value, view));
        _schedule.Change();
        return true;
    }

    public void AcquireFence()
    {
        if (_schedule.IsOver)
            return;
        Processor me = _processors[_schedule.Current];
        Join(me.View, me.Seen);
    }

    public void FullFence()
    {
        if (_schedule.IsOver)
            return;
        _schedule.Step("full fence");
        Processor me = _processors[_schedule.Current];
        Join(me.View, me.Seen);
        Join(me.View, _fenced);
        Join(_fenced, me.View);
        me.View.CopyTo(me.Fenced, 0);
    }

    /// <summary>Time goes by: every store is seen in the end.</summary>
    public void Pause()
    {
        if (_schedule.IsOver)
            return;
        _schedule.Yield("pauses");
        Processor me = _processors[_schedule.Current];
        for (int word = 0; word < _stores.Count; word++)
            me.View[word] = _stores[word].Count - 1;
    }

    private static void Join(int[] into, int[] from)
    {
        for (int i = 0; i < into.Length; i++)
            into[i] = Math.Max(into[i], from[i]);
    }

    /// <summary>What one processor cannot see the past of any more, word by word.</summary>
    private sealed class Processor(int words)
    {
        public int[] View { get; } = new int[words];

        /// <summary>What an acquire fence adds to the view.</summary>
        public int[] Seen { get; } = new int[words];

        /// <summary>The view at the last full fence.</summary>
        public int[] Fenced { get; } = new int[words];
    }
}
