using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Management.Launching;
using WinMmf.Names;
using WinMmf.PowerShell.Advice;
using WinMmf.PowerShell.Targets;
using WinMmf.Residency;
using WinMmf.Time;

namespace WinMmf.PowerShell.Commands;

/// <summary>What all cmdlets of WinMmf share: failures become error records, and Ctrl+C ends every wait.</summary>
public abstract class WinMmfCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Cancelled by Ctrl+C.</summary>
    private protected CancellationToken StoppingToken => _stopping.Token;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // Up to here only the command line has given values. What a cell of a table may leave empty, it may not.
        foreach (KeyValuePair<string, object> given in MyInvocation.BoundParameters)
        {
            if (given.Value is null && GetType().GetProperty(given.Key)?.IsDefined(typeof(EmptyIsNoneAttribute), inherit: true) == true)
            {
                ThrowTerminatingError(ErrorRecords.From(
                    new WinMmfException(WinMmfErrorId.InvalidArgument, $"The value of -{given.Key} is empty. Give one, or leave it out."),
                    given.Key,
                    this));
            }
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stopping.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the cmdlet holds.</summary>
    /// <param name="disposing">True if called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _stopping.Dispose();
    }

    /// <summary>Does one item's work. Its failure is written as an error, and the pipeline continues with the next item.</summary>
    /// <param name="target">What the work is about, for the error record.</param>
    /// <param name="work">The work.</param>
    private protected void Attempt(object? target, Action work)
    {
        try
        {
            work();
        }
        catch (WinMmfException e)
        {
            WriteError(ErrorRecords.From(e, target, this));
        }
        catch (OperationCanceledException) when (StoppingToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>
    /// False only where a confirmation of high impact has no user to answer it: a task would wait for an answer for ever, or fail. -WhatIf
    /// and -Confirm are always heard.
    /// </summary>
    /// <param name="force">True if the user wants no question.</param>
    private protected bool MayAsk(bool force = false) =>
        IsWhatIf() || MyInvocation.BoundParameters.ContainsKey("Confirm")
            || (!force && Environment.UserInteractive && !Console.IsInputRedirected);

    /// <summary>As <see cref="Cmdlet.ShouldProcess(string, string)"/>; where the host cannot ask, see <see cref="Ask"/>.</summary>
    private protected new bool ShouldProcess(string target, string action) => Ask(target, () => base.ShouldProcess(target, action));

    /// <summary>As <see cref="Cmdlet.ShouldProcess(string, string, string)"/>; where the host cannot ask, see <see cref="Ask"/>.</summary>
    private protected new bool ShouldProcess(string description, string question, string caption) =>
        Ask(caption, () => base.ShouldProcess(description, question, caption));

    /// <summary>
    /// Asks. Where the host cannot ask (pwsh -NonInteractive, a job), a question that only the impact of the change brings is left out, and
    /// one that the user has asked for is an error with an id, and a no.
    /// </summary>
    private bool Ask(string what, Func<bool> ask)
    {
        try
        {
            return ask();
        }
        catch (Exception e) when (e is HostException or PSInvalidOperationException or PSNotImplementedException or NotImplementedException)
        {
            if (!IsConfirmationWanted())
                return true;
            WriteError(ErrorRecords.From(
                new WinMmfException(
                    WinMmfErrorId.ConfirmationUnavailable,
                    $"{what}: a confirmation was asked for, and this session cannot show the question. Nothing was changed."),
                what,
                this));
            return false;
        }
    }

    /// <summary>True if -Confirm or a lowered $ConfirmPreference asks for a confirmation.</summary>
    private bool IsConfirmationWanted() =>
        MyInvocation.BoundParameters.TryGetValue("Confirm", out object? confirm) ? LanguagePrimitives.IsTrue(confirm)
        : LanguagePrimitives.TryConvertTo(SessionState.PSVariable.GetValue("ConfirmPreference"), out ConfirmImpact least)
            && least is ConfirmImpact.Low or ConfirmImpact.Medium;

    /// <summary>True if nothing is to be done, only said.</summary>
    private protected bool IsWhatIf() =>
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? value)
            ? LanguagePrimitives.IsTrue(value)
            : LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue("WhatIfPreference"));

    /// <summary>Says that a name without a scope was ambiguous, and what was done about it (design N1).</summary>
    private protected void WarnIfInBothScopes(bool existsInBoth, SharedName used)
    {
        if (existsInBoth)
            WriteWarning($"'{used.Name}' exists in both scopes; the {used.Scope} one was used. Choose with -Scope "
                + $"{nameof(NameScope.Local)} or -Scope {nameof(NameScope.Global)}.");
    }

    /// <summary>Says that memory is not as it was asked for, where the system confirms less than that.</summary>
    private protected void WarnIfNotResident(MemoryResidency asked, ResidentBytes got, SharedName name, long size)
    {
        long bytes = asked == MemoryResidency.Locked ? got.Locked : got.LargePages;
        if (asked != MemoryResidency.None && bytes < size)
        {
            string wanted = asked == MemoryResidency.Locked ? "locked" : "large pages";
            WriteWarning($"{name}: the system confirms {bytes} of {size} bytes as {wanted}, though it refused nothing. "
                + "See about_WinMmf_Privileges.");
        }
    }

    /// <summary>Says that what was started ends with this session (design P7).</summary>
    private protected void WarnIfEndsWithSession(LaunchedProgram launched)
    {
        if (launched.EndsWithSession)
        {
            WriteWarning(
                $"Process {launched.ProcessId} ends when this session does: the job of this session lets none of its processes leave. "
                + "For one that stays, start it from a scheduled task or a service.");
        }
    }

    /// <summary>A path of PowerShell as one of the file system, which need not exist.</summary>
    /// <exception cref="WinMmfException">InvalidArgument for the path of another provider, and for a drive that does not exist.</exception>
    private protected string ToFilePath(string path)
    {
        try
        {
            string resolved = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name == "FileSystem"
                ? resolved
                : throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                    $"'{path}' is a path of the provider {provider.Name}, which holds no files. Give a path in the file system.");
        }
        catch (SessionStateException e)
        {
            throw new WinMmfException(
                WinMmfErrorId.InvalidArgument, $"'{path}' is no path: {e.Message} Give a path in the file system.", 0, e);
        }
    }

    /// <summary>Seconds from a parameter as a span; what is too long for one becomes the longest.</summary>
    private protected static TimeSpan ToTimeSpan(double seconds) => Seconds.ToTimeSpan(seconds);
}
