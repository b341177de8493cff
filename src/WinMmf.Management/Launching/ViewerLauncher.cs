using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Errors;
using WinMmf.Management.Control;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;
using WinMmf.Management.Programs;
using WinMmf.Time;

namespace WinMmf.Management.Launching;

/// <summary>
/// Starts a viewer as a process of its own, which ends by itself some minutes after its last client. Its answer on standard output has
/// the token; its arguments, which every account of the machine can read, do not.
/// </summary>
internal static class ViewerLauncher
{
    /// <summary>The head of the answer of a viewer that serves.</summary>
    public const string Ready = "READY";

    /// <summary>The fields of that answer.</summary>
    public const string AddressField = "address", OpenedField = "opened", ReasonField = "reason", TunnelField = "tunnel";

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    /// <summary>Starts a viewer. What was started is killed if it does not answer in time or the wait is cancelled.</summary>
    /// <param name="program">The viewer program.</param>
    /// <param name="channel">The channel that the page shows at first; null: all of them.</param>
    /// <param name="scope">Its scope as the page's address has it; null: Local, then Global.</param>
    /// <param name="port">The port on 127.0.0.1; 0: any that is free.</param>
    /// <param name="opensBrowser">Whether to open the page in the browser of this desktop, if there is one.</param>
    /// <param name="timeout">How long to wait for the answer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="WinMmfException">Timeout, ViewerFailed, or the id that the viewer reports.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static StartedViewer Start(
        ModuleProgram program, string? channel, string? scope, int port, bool opensBrowser, TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        List<string> arguments = [.. program.FirstArguments, "--detached"];
        if (opensBrowser)
            arguments.Add("--open");
        if (port > 0)
            arguments.AddRange(["--port", port.ToString(CultureInfo.InvariantCulture)]);
        if (channel is not null)
            arguments.Add("--channel=" + channel);
        if (scope is not null)
            arguments.AddRange(["--scope", scope]);
        Deadline deadline = Deadline.After(timeout);
        using StartedProgram process = StartProcess(program.FileName, arguments);
        OutputTail errors = new(new StreamReader(process.Errors, Encoding.UTF8));
        bool ready = false;
        try
        {
            StartedViewer viewer = Wait(process, errors, timeout, deadline, cancellationToken);
            ready = true;
            return viewer;
        }
        finally
        {
            if (!ready)
                process.Kill();
        }
    }

    private static StartedProgram StartProcess(string program, List<string> arguments)
    {
        try
        {
            return ManagementServices.Current.Programs.Start(program, arguments, outlivesUs: true);
        }
        catch (Win32Exception e)
        {
            throw new WinMmfException(
                WinMmfErrorId.ViewerFailed, $"The viewer '{program}' cannot be started: {e.Message}.",
                new ErrorFacts { Program = program, Operation = ErrorOperation.Start }, e.NativeErrorCode, e);
        }
    }

    private static StartedViewer Wait(
        StartedProgram process, OutputTail errors, TimeSpan timeout, Deadline deadline, CancellationToken cancellationToken)
    {
        // On another thread: netstandard2.0 has no read from a pipe that can be cancelled. Killing the process ends it.
        Task<ControlMessage?> reading = Task.Factory.StartNew(
            () => ControlMessage.Read(process.Output), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            while (!reading.Wait(deadline.MillisecondsUpTo(int.MaxValue), cancellationToken))
            {
                if (!deadline.IsOver)
                    continue;
                string waited = timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
                throw new WinMmfException(
                    WinMmfErrorId.Timeout, $"The viewer was not ready within {waited} s and was ended.{LastWords(process, errors)}",
                    new ErrorFacts { Operation = ErrorOperation.Start, Waited = timeout });
            }
        }
        catch (AggregateException e) when (e.InnerException is InvalidDataException or IOException)
        {
            throw new WinMmfException(
                WinMmfErrorId.ViewerFailed,
                $"The viewer's answer makes no sense: {e.InnerException.Message}{LastWords(process, errors)}", 0, e.InnerException);
        }

        return Judge(reading.Result, process, errors);
    }

    private static StartedViewer Judge(ControlMessage? message, StartedProgram process, OutputTail errors)
    {
        if (message is null)
        {
            string how = process.WaitForExit(EndLimit) ? $"ended with code {process.ExitCode}" : "closed its output";
            throw new WinMmfException(WinMmfErrorId.ViewerFailed, $"The viewer {how} before it was ready.{LastWords(process, errors)}");
        }

        if (message.Head != Ready)
            throw FailureMessage.TryRead(message, static text => text)
                ?? new WinMmfException(WinMmfErrorId.ViewerFailed, $"The viewer said only '{message.Head}'.{LastWords(process, errors)}");
        return Uri.TryCreate(message[AddressField], UriKind.Absolute, out Uri? address) && address.Scheme == Uri.UriSchemeHttp
            ? new StartedViewer(process.Id, address, message[OpenedField] == "true", message[ReasonField], message[TunnelField])
            : throw new WinMmfException(WinMmfErrorId.ViewerFailed, "The viewer's answer has no address. Install the whole package again.");
    }

    private static string LastWords(StartedProgram process, OutputTail errors)
    {
        process.Kill();
        process.WaitForExit(EndLimit);
        return errors.Describe();
    }
}
