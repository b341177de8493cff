using System;
using System.Collections.Generic;
using System.Globalization;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Management.Locks;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform.Selection;
using WinMmf.Security;
using WinMmf.Time;

namespace WinMmf.Capture;

/// <summary>
/// Puts frames into a plain memory in winmmf's layout as well (design C11): one buffer under the lock of its word. A frame
/// that does not get the lock is left out, and counted; the channel never suffers from it.
/// </summary>
public sealed class FrameMirror : IFrameMirror
{
    /// <summary>winmmf's limit, behind <c>Global\</c>.</summary>
    private const int MaxName = 56;

    /// <summary>How often a memory may come and go between two looks.</summary>
    private const int MostAttempts = 10;

    private const string Label = "WinMmf publisher";

    private readonly NamedMemory _memory;
    private readonly LockOwner _owner = new();
    private readonly TimeSpan _wait;
    private readonly Action<string> _warn;
    private long _lastWritten = MonotonicClock.Now;
    private long _nextLook;
    private readonly int _frameBytes;
    private bool _isBroken;
    private bool _isOfAnotherSize;

    /// <summary>Creates the memory, or opens it if a winmmf program has made it already.</summary>
    /// <param name="name">Its name and scope.</param>
    /// <param name="frameBytes">Bytes of a frame.</param>
    /// <param name="access">Accounts whose winmmf programs may open it; on Windows with full access.</param>
    /// <param name="wait">How long a frame may wait for the lock; zero: it is left out at once.</param>
    /// <param name="warn">Receives warnings for the user.</param>
    /// <exception cref="WinMmfException">
    /// InvalidName, InvalidSize (it exists and is too small), WrongObjectType, AccessDenied, OutOfSharedMemory; ForeignOwner: an account
    /// made it that is none of those.
    /// </exception>
    public FrameMirror(SharedName name, int frameBytes, IReadOnlyList<string> access, TimeSpan wait, Action<string> warn)
        : this(CreateOrOpen(name, frameBytes, access), frameBytes, wait, warn)
    {
    }

    private FrameMirror(NamedMemory memory, int frameBytes, TimeSpan wait, Action<string> warn)
    {
        _frameBytes = frameBytes;
        _wait = wait;
        _warn = warn ?? throw new ArgumentNullException(nameof(warn));
        _memory = memory;

        // A program that made or opened the memory with fewer bytes reads no more, whatever the mapping's last page holds.
        if (memory.LeastDataSize < frameBytes)
        {
            string size = memory.LeastDataSize == memory.DataSize ? $"{memory.DataSize}" : $"{memory.LeastDataSize} to {memory.DataSize}";
            memory.Dispose();
            throw new WinMmfException(WinMmfErrorId.InvalidSize,
                $"{memory.Name} exists with {size} bytes of data, and a frame has {frameBytes}. End the programs that have it open, let "
                    + "the program that made it make it larger, mirror under another name, or publish smaller frames.");
        }

        FreeWhatDeadOnesLeft();
    }

    /// <summary>Opens a memory that exists, in a process that may die.</summary>
    /// <exception cref="WinMmfException">NotFound, InvalidSize, WrongObjectType, AccessDenied, ForeignOwner.</exception>
    public static FrameMirror Attach(
        SharedName name, int frameBytes, IReadOnlyList<string> access, TimeSpan wait, Action<string> warn) =>
        new(Open(name, access, isAlone: true), frameBytes, wait, warn);

    /// <summary>Refuses what winmmf programs could not open.</summary>
    /// <exception cref="WinMmfException">InvalidName.</exception>
    internal static void CheckName(SharedName name)
    {
        if (name.Name.Length > MaxName || !IsAscii(name.Name))
            throw new WinMmfException(
                WinMmfErrorId.InvalidName, $"'{name.Name}' is no name for winmmf programs. Give at most {MaxName} ASCII characters.");
    }

    /// <summary>How the memory is made.</summary>
    internal static NamedMemoryOptions OptionsFor(IReadOnlyList<string> access) =>
        new() { Access = new AccessPolicy([], access), IsOpenToWinMmf = access.Count > 0 };

    /// <summary>The memory's name.</summary>
    public SharedName Name => _memory.Name;

    /// <summary>After this time without a frame a warning is written.</summary>
    internal TimeSpan StuckAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>True once the memory cannot be used any more.</summary>
    internal bool IsBroken => _isBroken;

    /// <summary>Frames written.</summary>
    public long Written { get; private set; }

    /// <summary>Frames skipped because the lock was not free in time.</summary>
    public long Skipped { get; private set; }

    /// <summary>Frames that had to wait for the lock and got it.</summary>
    public long Waited { get; private set; }

    /// <summary>Writes one frame, or leaves it out.</summary>
    /// <param name="payload">The frame.</param>
    public void Write(ReadOnlySpan<byte> payload)
    {
        // Readers know the size from elsewhere, and a longer frame would not fit.
        if (payload.Length != _frameBytes)
        {
            Skipped++;
            if (!_isOfAnotherSize)
                _warn($"{Name} gets no frames while they have {payload.Length} bytes: it was made for {_frameBytes}.");
            _isOfAnotherSize = true;
            return;
        }

        _isOfAnotherSize = false;
        if (!_isBroken && TryWrite(payload))
        {
            _lastWritten = MonotonicClock.Now;
            Written++;
            return;
        }

        Skipped++;
        long now = MonotonicClock.Now;
        long stuck = StuckAfter.Ticks * 100;
        if (_isBroken || now - _lastWritten < stuck || now < _nextLook)
            return;
        _nextLook = now + stuck;
        LookWhy();
    }

    /// <summary>Closes the memory.</summary>
    public void Dispose() => _memory.Dispose();

    private static NamedMemory CreateOrOpen(SharedName name, int frameBytes, IReadOnlyList<string> access)
    {
        CheckName(name);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return NamedMemory.Create(name, frameBytes, OptionsFor(access));
            }
            catch (WinMmfException e) when (e.ErrorId is WinMmfErrorId.AlreadyExists or WinMmfErrorId.ForeignOwner)
            {
                // With winmmf the first program creates the memory, and the user asked for frames in this very memory.
                try
                {
                    return Open(name, access, isAlone: false);
                }
                catch (WinMmfException gone) when (gone.ErrorId == WinMmfErrorId.NotFound && attempt < MostAttempts)
                {
                    // The last program closed it in between.
                }
            }
        }
    }

    private static NamedMemory Open(SharedName name, IReadOnlyList<string> access, bool isAlone) =>
        NamedMemory.Open(PlatformServices.Current, name.Name, name.Scope, writable: true, MirrorTarget.RuleFor(access, isAlone));

    private static bool IsAscii(string text)
    {
        foreach (char c in text)
        {
            if (c > 0x7E)
                return false;
        }

        return true;
    }

    private static bool IsToBeHad(LockWord word) => word.IsInitialised && !word.IsWriteLocked && word.Readers == 0;

    private bool TryWrite(ReadOnlySpan<byte> payload)
    {
        try
        {
            // Looked at first, because a lock that is refused costs an exception.
            bool atOnce = IsToBeHad(_memory.LockWord);
            if (!atOnce && _wait <= TimeSpan.Zero)
                return false;
            using SharedMemoryLock held = _memory.Lock(LockMode.Write, _wait, _owner, Label);
            Copy(payload);
            held.MarkWritten();
            if (!atOnce)
                Waited++;
            return true;
        }
        catch (WinMmfException e) when (e.ErrorId is WinMmfErrorId.Timeout or WinMmfErrorId.CorruptLock)
        {
            return false;
        }
        catch (WinMmfException e)
        {
            _isBroken = true;
            _warn($"{Name} gets no more frames: {e.Message}");
            return false;
        }
    }

    private unsafe void Copy(ReadOnlySpan<byte> payload) => payload.CopyTo(new Span<byte>((void*)_memory.Data, payload.Length));

    /// <summary>The publisher before this one may have died with the lock; its content is written anew.</summary>
    private void FreeWhatDeadOnesLeft()
    {
        try
        {
            if (LockInspector.Inspect(_memory).Verdict == LockVerdict.Abandoned && LockRecovery.Recover(_memory).HasChanged)
                _warn($"The lock of {Name} belonged to a process that died with it, and was freed.");
        }
        catch (WinMmfException)
        {
            // Told in detail when no frame gets through: LookWhy.
        }
    }

    /// <summary>
    /// Nothing could be written for some time. What a dead WinMmf process left locked, such as the publisher before this one, is freed: the
    /// content is ours alone and written anew. Anything else is for a person to decide.
    /// </summary>
    private void LookWhy()
    {
        try
        {
            LockReport report = LockInspector.Inspect(_memory);
            if (report.Verdict == LockVerdict.Abandoned && LockRecovery.Recover(_memory).HasChanged)
                _warn($"The lock of {Name} belonged to a process that died with it, and was freed.");
            else
                _warn(string.Create(CultureInfo.InvariantCulture,
                    $"{Name} got no frame for {(MonotonicClock.Now - _lastWritten) / 1e9:0} s, its lock cannot be taken: "
                        + $"{report.Verdict}. {string.Join(" ", report.Evidence)}"));
        }
        catch (WinMmfException e)
        {
            _warn($"{Name} got no frame for a while, and its lock cannot be looked at: {e.Message}");
        }
    }
}
