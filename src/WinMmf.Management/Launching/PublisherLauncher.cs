using System;
using System.ComponentModel;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Errors;
using WinMmf.Management.Control;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;
using WinMmf.Management.Programs;
using WinMmf.Platform.Selection;
using WinMmf.Time;

namespace WinMmf.Management.Launching;

/// <summary>
/// Starts a publisher as a process of its own and waits for the one message that it writes: its first frame is
/// readable, or why not.
/// </summary>
internal static class PublisherLauncher
{
    private const string Ready = "READY";
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    /// <summary>Starts a publisher. What was started is killed if it is not ready in time or the wait is cancelled.</summary>
    /// <param name="program">The publisher program.</param>
    /// <param name="request">What to publish or to hold.</param>
    /// <param name="timeout">How long to wait for the first frame, or the memory; <see cref="Timeout.InfiniteTimeSpan"/>: no limit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What runs now.</returns>
    /// <exception cref="WinMmfException">
    /// Timeout, PublisherFailed, or the id that the publisher itself reports, such as ChannelInUse.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative, and not infinite.</exception>
    public static LaunchedProgram Start(
        ModuleProgram program, LaunchRequest request, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        if (program is null)
            throw new ArgumentNullException(nameof(program));
        if (request is null)
            throw new ArgumentNullException(nameof(request));

        Deadline deadline = Deadline.After(timeout);
        request.ResolvePaths();
        request.Check();
        byte[] message = Encoding.UTF8.GetBytes(request.ToMessage().ToString());
        if (message.Length > ControlMessage.MaxBytes)
            throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                $"The request has {message.Length} bytes, and {ControlMessage.MaxBytes} are possible. Shorten the input's options.");
        cancellationToken.ThrowIfCancellationRequested();
        using StartedProgram process = StartProcess(program, request);
        OutputTail errors = new(new StreamReader(process.Errors, Encoding.UTF8));
        bool ready = false;
        try
        {
            Tell(process.Input, message);
            ControlMessage answer = Wait(process, errors, request, timeout, deadline, cancellationToken);
            ready = true;
            int processId = int.TryParse(answer["pid"], NumberStyles.None, CultureInfo.InvariantCulture, out int told) ? told : process.Id;
            return new LaunchedProgram(processId, process.IsBoundToJob, [.. LaunchWarnings.Read(answer).Select(request.Hide)], answer);
        }
        finally
        {
            if (!ready)
            {
                Kill(process);

                // What is killed leaves its files behind on Linux.
                if (request.Name != default)
                    PlatformServices.Current.Sections.TryReclaim(request.Name);
            }
        }
    }

    private static StartedProgram StartProcess(ModuleProgram program, LaunchRequest request)
    {
        try
        {
            return ManagementServices.Current.Programs.Start(
                program.FileName, [.. program.FirstArguments, .. request.ToVisibleArguments()], outlivesUs: true);
        }
        catch (Win32Exception e)
        {
            throw new WinMmfException(
                WinMmfErrorId.PublisherFailed,
                $"The publisher '{program.FileName}' cannot be started: {e.Message}.",
                new ErrorFacts { Program = program.FileName, Operation = ErrorOperation.Start },
                e.NativeErrorCode,
                e);
        }
    }

    /// <summary>
    /// Hands the request over. Not by arguments: every account of the machine can read those, and the request may hold passwords. On a
    /// thread of its own, because a program that does not read would block it.
    /// </summary>
    private static void Tell(Stream input, byte[] message)
    {
        _ = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    input.Write(message, 0, message.Length);
                    input.Dispose();
                }
                catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
                {
                    // It has ended, and its end says why.
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    private static ControlMessage Wait(
        StartedProgram process, OutputTail errors, LaunchRequest request, TimeSpan timeout, Deadline deadline,
            CancellationToken cancellationToken)
    {
        // On another thread: netstandard2.0 has no read from a pipe that can be cancelled. Killing the process ends it.
        Task<ControlMessage?> reading = Task.Factory.StartNew(
            () => ReadMessage(process.Output),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        ControlMessage? message;
        try
        {
            while (!reading.Wait(deadline.MillisecondsUpTo(int.MaxValue), cancellationToken))
            {
                if (!deadline.IsOver)
                    continue;
                throw new WinMmfException(
                    WinMmfErrorId.Timeout,
                    $"{request.Subject} {request.Missing} within {timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s and was "
                        + $"ended.{LastWords(process, errors, request)}",
                    request.Name.ToFacts() with { Operation = ErrorOperation.Start, Waited = timeout });
            }

            message = reading.Result;
        }
        catch (AggregateException e) when (e.InnerException is InvalidDataException or IOException)
        {
            throw new WinMmfException(WinMmfErrorId.PublisherFailed,
                $"The publisher's answer makes no sense: {e.InnerException.Message}{LastWords(process, errors, request)}", 0,
                    e.InnerException);
        }

        return Judge(message, process, errors, request);
    }

    private static ControlMessage? ReadMessage(Stream output)
    {
        using (output)
            return ControlMessage.Read(output);
    }

    private static ControlMessage Judge(ControlMessage? message, StartedProgram process, OutputTail errors, LaunchRequest request)
    {
        if (message is null)
        {
            string how = process.WaitForExit(EndLimit) ? $"ended with code {process.ExitCode}" : "closed its output";
            throw new WinMmfException(WinMmfErrorId.PublisherFailed,
                $"{request.Subject} {how} before it was ready.{LastWords(process, errors, request)}", request.Name.ToFacts());
        }

        if (message.Head == Ready)
            return message;

        string text = request.Hide(message["message"]);
        throw FailureMessage.TryRead(message, request.Hide)
            ?? new WinMmfException(WinMmfErrorId.PublisherFailed,
                text.Length > 0 ? text : $"{request.Subject} failed and said only '{message.Head}'.{LastWords(process, errors, request)}",
                request.Name.ToFacts());
    }

    /// <summary>Ends what has failed, so that its words are whole, and gives them.</summary>
    private static string LastWords(StartedProgram process, OutputTail errors, LaunchRequest request)
    {
        Kill(process);
        return request.Hide(errors.Describe());
    }

    private static void Kill(StartedProgram process)
    {
        process.Kill();

        // A caller that tries again at once finds the name free.
        process.WaitForExit(EndLimit);
    }
}
