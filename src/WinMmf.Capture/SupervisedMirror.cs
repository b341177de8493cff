using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using WinMmf.Capture.Platform;
using WinMmf.Errors;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;
using WinMmf.Management.Programs;
using WinMmf.Memory;
using WinMmf.Names;

namespace WinMmf.Capture;

/// <summary>
/// Mirrors frames into a memory that others may write. They can cut it short at any moment, which ends the process that has it mapped; so
/// that is a child, which reads the channel as any reader does (<see cref="MirrorFeed"/>) and is started again when it dies. This process
/// keeps the memory, where it made it, and never touches it.
/// </summary>
public sealed class SupervisedMirror : IFrameMirror
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(60);

    private readonly string _program;
    private readonly Func<long, IEnumerable<string>> _arguments;
    private readonly Action<string> _warn;
    private readonly NamedMemory? _made;
    private readonly ManualResetEventSlim _ended = new();
    private readonly Thread _keeper;
    private readonly object _gate = new();
    private StartedProgram? _child;
    private StreamReader _output = StreamReader.Null;
    private long _frames;
    private long _writtenBefore;
    private long _waitedBefore;
    private MirrorCounts _counts = new(0, 0, 0);

    private SupervisedMirror(
        SharedName name, NamedMemory? made, string program, Func<long, IEnumerable<string>> arguments, Action<string> warn)
    {
        Name = name;
        _made = made;
        _program = program;
        _arguments = arguments;
        _warn = warn;
        _keeper = new Thread(Keep) { IsBackground = true, Name = "mirror" };
    }

    /// <inheritdoc/>
    public SharedName Name { get; }

    /// <inheritdoc/>
    public long Written => Volatile.Read(ref _writtenBefore) + Volatile.Read(ref _counts).Written;

    /// <inheritdoc/>
    public long Waited => Volatile.Read(ref _waitedBefore) + Volatile.Read(ref _counts).Waited;

    /// <inheritdoc/>
    public long Skipped => Math.Max(0, Volatile.Read(ref _frames) - Written);

    /// <summary>How often the child was started again.</summary>
    public long Restarts { get; private set; }

    /// <summary>The child's process id; 0 while there is none.</summary>
    internal int ProcessId
    {
        get
        {
            lock (_gate)
                return _child?.Id ?? 0;
        }
    }

    /// <summary>Makes the memory unless it exists, and starts the child.</summary>
    /// <param name="name">The memory's name.</param>
    /// <param name="frameBytes">Bytes of a frame.</param>
    /// <param name="access">Accounts that it is opened to.</param>
    /// <param name="program">The program that runs <see cref="MirrorFeed"/>, by its full path.</param>
    /// <param name="arguments">Its arguments, from the number of the last frame that is mirrored already.</param>
    /// <param name="warn">Receives warnings for the user, on another thread too.</param>
    /// <exception cref="WinMmfException">
    /// InvalidName, InvalidSize, ForeignOwner, WrongObjectType, AccessDenied, OutOfSharedMemory; PublisherFailed: the child did not start.
    /// </exception>
    public static SupervisedMirror Open(SharedName name, int frameBytes, IReadOnlyList<string> access, string program,
        Func<long, IEnumerable<string>> arguments, Action<string> warn)
    {
        FrameMirror.CheckName(name);
        NamedMemory? made = TryCreate(name, frameBytes, access);
        SupervisedMirror mirror = new(name, made, program, arguments, warn);
        bool isStarted = false;
        try
        {
            mirror.Start(0);
            mirror._keeper.Start();
            isStarted = true;
            return mirror;
        }
        finally
        {
            if (!isStarted)
                made?.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> payload) => Volatile.Write(ref _frames, _frames + 1);

    /// <summary>Lets the child write what is published, and ends it.</summary>
    public void Dispose()
    {
        if (_ended.IsSet)
            return;
        _ended.Set();
        lock (_gate)
            Close(_child);
        if (!_keeper.Join(EndLimit))
        {
            lock (_gate)
                _child?.Kill();
            _keeper.Join();
        }

        _made?.Dispose();
        _ended.Dispose();
    }

    private static NamedMemory? TryCreate(SharedName name, int frameBytes, IReadOnlyList<string> access)
    {
        try
        {
            return NamedMemory.Create(name, frameBytes, FrameMirror.OptionsFor(access));
        }
        catch (WinMmfException e) when (e.ErrorId is WinMmfErrorId.AlreadyExists or WinMmfErrorId.ForeignOwner)
        {
            MirrorTarget.CheckOwner(name, access);
            return null;
        }
    }

    /// <summary>Starts the child and waits until it has opened memory and channel.</summary>
    private void Start(long after)
    {
        StartedProgram child;
        try
        {
            child = ManagementServices.Current.Programs.Start(_program, _arguments(after), outlivesUs: false);
        }
        catch (Win32Exception e)
        {
            throw new WinMmfException(
                WinMmfErrorId.PublisherFailed, $"The mirror's process '{_program}' cannot be started: {e.Message}.", e.NativeErrorCode, e);
        }

        bool isReady = false;
        try
        {
            using Timer killer = new(static state => ((StartedProgram)state!).Kill(), child, StartLimit, Timeout.InfiniteTimeSpan);
            StreamReader output = new(child.Output, Encoding.UTF8);
            OutputTail errors = new(new StreamReader(child.Errors, Encoding.UTF8));
            switch (MirrorMessage.Parse(output.ReadLine()))
            {
                case { Kind: MirrorMessage.Ready }:
                    break;
                case { Kind: MirrorMessage.Failed } failure:
                    throw failure.ToException();
                default:
                    child.Kill();
                    child.WaitForExit(EndLimit);
                    throw new WinMmfException(
                        WinMmfErrorId.PublisherFailed, $"The mirror's process ended before it was ready.{errors.Describe()}");
            }

            lock (_gate)
                (_child, _output) = (child, output);
            isReady = true;
        }
        finally
        {
            if (!isReady)
            {
                child.Kill();
                child.Dispose();
            }
        }
    }

    /// <summary>Listens to the child, and starts it again when it dies.</summary>
    private void Keep()
    {
        TimeSpan pause = FirstPause;
        while (true)
        {
            long since = Environment.TickCount64;
            Listen();
            int code = Finish();
            if (_ended.IsSet)
                return;
            if (Environment.TickCount64 - since > Steady.TotalMilliseconds)
                pause = FirstPause;
            _warn(string.Create(
                CultureInfo.InvariantCulture,
                $"The process that writes the mirror {Name} ended (exit code {code}), as happens when another program cuts that memory "
                    + $"short. It is started again in {pause.TotalSeconds:0.#} s; the channel goes on."));
            while (!_ended.Wait(pause))
            {
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                if (TryStartAgain())
                    break;
            }

            if (_ended.IsSet && ProcessId == 0)
                return;
        }
    }

    private bool TryStartAgain()
    {
        try
        {
            Start(Volatile.Read(ref _counts).LastNumber);
            Restarts++;
            lock (_gate)
            {
                if (_ended.IsSet)
                    Close(_child);
            }

            return true;
        }
        catch (WinMmfException e)
        {
            _warn($"{Name} gets no frames: {e.Message}");
            return false;
        }
    }

    private void Listen()
    {
        using IChildGuard guard = CapturePlatform.Current.Guard(_child!);
        try
        {
            while (_output.ReadLine() is string line)
            {
                switch (MirrorMessage.Parse(line))
                {
                    case { Kind: MirrorMessage.Counts } counts:
                        Volatile.Write(ref _counts, counts.ToCounts());
                        break;
                    case { Kind: MirrorMessage.Warning } warning:
                        _warn(warning.Text);
                        break;
                }
            }
        }
        catch (IOException)
        {
            // A broken pipe is an ended one.
        }
    }

    private int Finish()
    {
        StartedProgram child;
        lock (_gate)
        {
            child = _child!;
            _child = null;
        }

        if (!child.WaitForExit(EndLimit))
        {
            child.Kill();
            child.WaitForExit(Timeout.InfiniteTimeSpan);
        }

        int code = child.ExitCode;
        child.Dispose();
        MirrorCounts last = _counts;
        Volatile.Write(ref _counts, last with { Written = 0, Waited = 0 });
        Volatile.Write(ref _writtenBefore, _writtenBefore + last.Written);
        Volatile.Write(ref _waitedBefore, _waitedBefore + last.Waited);
        return code;
    }

    private static void Close(StartedProgram? child)
    {
        try
        {
            child?.Input.Dispose();
        }
        catch (IOException)
        {
            // It has ended already.
        }
    }
}
