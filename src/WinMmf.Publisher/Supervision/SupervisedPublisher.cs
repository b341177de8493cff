using System;
using System.ComponentModel;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using WinMmf.Capture;
using WinMmf.Errors;
using WinMmf.Management.Configuration;
using WinMmf.Management.Control;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;
using WinMmf.Management.Programs;
using WinMmf.Publisher.Publishing;
using WinMmf.Time;

namespace WinMmf.Publisher.Supervision;

/// <summary>
/// One publisher of a configuration file: a process that is started again when it fails, for ever. It ends when this process does, because
/// its standard input ends then.
/// </summary>
internal sealed class SupervisedPublisher : IDisposable
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(15);

    private readonly SupervisorNews _news;
    private readonly CancellationTokenSource _stop = new();
    private readonly ManualResetEventSlim _settled = new();
    private readonly FailureNews _failures = new();
    private readonly Thread _thread;
    private readonly object _gate = new();
    private StartedProgram? _child;
    private volatile SupervisedState _state;
    private volatile string _message = "";

    /// <summary>Makes one; <see cref="Start"/> starts it.</summary>
    /// <param name="entry">What it publishes.</param>
    /// <param name="news">Receives what happens, on another thread.</param>
    public SupervisedPublisher(ConfigurationEntry entry, SupervisorNews news)
    {
        Entry = entry;
        _news = news;
        _thread = new Thread(Keep) { IsBackground = true, Name = entry.Request.Name.Name };
    }

    /// <summary>What it publishes.</summary>
    public ConfigurationEntry Entry { get; }

    /// <summary>How it is.</summary>
    public SupervisedState State => _state;

    /// <summary>Why it failed, as an id and a sentence; empty if it did not.</summary>
    public string Message => _message;

    /// <summary>Set once it is known how it is: it had a frame, failed or ended.</summary>
    public ManualResetEventSlim Settled => _settled;

    /// <summary>Starts it.</summary>
    public void Start() => _thread.Start();

    /// <summary>Asks it to end; <see cref="Dispose"/> waits for that.</summary>
    public void AskToEnd()
    {
        _stop.Cancel();
        lock (_gate)
            CloseInput(_child);
    }

    /// <summary>Ends it, by force if need be.</summary>
    public void Dispose()
    {
        AskToEnd();
        if (!_thread.Join(EndLimit))
        {
            lock (_gate)
                _child?.Kill();
            _thread.Join();
        }

        _stop.Dispose();
        _settled.Dispose();
    }

    private void Keep()
    {
        BackOff backOff = new(BackOff.Usual, BackOff.Steady);
        while (!_stop.IsCancellationRequested)
        {
            long started = MonotonicClock.Now;
            WinMmfException? failure = Run();
            if (_stop.IsCancellationRequested)
                break;
            if (failure is null)
            {
                Note(SupervisedState.Ended, "");
                return;
            }

            Fail(failure);
            _stop.Token.WaitHandle.WaitOne(backOff.Next(TimeSpan.FromTicks((MonotonicClock.Now - started) / 100)));
        }
    }

    /// <summary>Runs the process once; null if it ended in good order.</summary>
    private WinMmfException? Run()
    {
        StartedProgram child;
        try
        {
            string program = OwnProgram.Find(out string? assembly);
            string[] first = assembly is null ? [] : [assembly];
            child = ManagementServices.Current.Programs.Start(
                program,
                [.. first, .. Entry.Request.ToVisibleArguments(), ParentLink.Argument],
                outlivesUs: false);
        }
        catch (Exception e) when (e is Win32Exception or WinMmfException)
        {
            return e as WinMmfException
                ?? new WinMmfException(WinMmfErrorId.PublisherFailed, $"The publisher's process cannot be started: {e.Message}", 0, e);
        }

        OutputTail errors = new(new StreamReader(child.Errors, Encoding.UTF8));
        lock (_gate)
            _child = child;
        try
        {
            if (_stop.IsCancellationRequested)
                CloseInput(child);
            else
                Tell(child);
            return Listen(child, errors);
        }
        finally
        {
            lock (_gate)
                _child = null;
            if (!child.WaitForExit(EndLimit))
            {
                child.Kill();
                child.WaitForExit(Timeout.InfiniteTimeSpan);
            }

            child.Dispose();
        }
    }

    /// <summary>The request, and with the byte behind it the permission to let frames flow.</summary>
    private void Tell(StartedProgram child)
    {
        try
        {
            child.Input.Write(Encoding.UTF8.GetBytes(Entry.Request.ToMessage() + "\n"));
            child.Input.Flush();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It has ended; its output says why.
        }
    }

    private WinMmfException? Listen(StartedProgram child, OutputTail errors)
    {
        bool isAgain = false;
        string reason = "";
        WinMmfException? failure = null;
        try
        {
            while (ControlMessage.Read(child.Output) is ControlMessage message)
            {
                switch (message.Head)
                {
                    case PublishMessage.ReadyHead:
                        _failures.Forget();
                        Note(SupervisedState.Live, "", message["pid"]);
                        break;
                    case PublishMessage.RecoveredHead:
                        Note(SupervisedState.Live, "");
                        break;
                    case PublishMessage.WarningHead:
                        _news.Warn(Entry, message[PublishMessage.Text]);
                        break;
                    case PublishMessage.SourceFailedHead:
                        Note(SupervisedState.Failed, $"{message[PublishMessage.Id]}: {message[PublishMessage.Text]}");
                        break;
                    case PublishMessage.EndedHead:
                        reason = message[PublishMessage.Reason];

                        // A signal from elsewhere does not mean that the publisher shall stay stopped; STOP over the control pipe does.
                        isAgain = reason == EndReason.Signal.ToString();
                        break;
                    default:
                        failure = FailureMessage.TryRead(message, Entry.Request.Hide) ?? failure;
                        break;
                }
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ObjectDisposedException)
        {
            // The process died within a message.
        }

        if (failure is not null)
            return failure;
        if (reason.Length > 0 && !isAgain)
            return null;
        if (!child.WaitForExit(EndLimit))
            child.Kill();
        child.WaitForExit(EndLimit);
        return new WinMmfException(
            WinMmfErrorId.PublisherFailed,
            isAgain
                ? "The publisher's process was told to end by a signal."
                : string.Create(CultureInfo.InvariantCulture,
                    $"The publisher's process ended with code {child.ExitCode}.{errors.Describe()}"));
    }

    private void Fail(WinMmfException failure)
    {
        if (_failures.IsNews(failure))
            Note(SupervisedState.Failed, $"{failure.ErrorId}: {Entry.Request.Hide(failure.Message)}");
    }

    private void Note(SupervisedState state, string message, string processId = "")
    {
        _message = message;
        _state = state;
        _news.Changed(Entry, state, message, processId);
        _settled.Set();
    }

    private static void CloseInput(StartedProgram? child)
    {
        try
        {
            child?.Input.Dispose();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It has ended already.
        }
    }
}
