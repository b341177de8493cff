using System;
using System.Collections;
using System.Management.Automation;
using WinMmf.Errors;

namespace WinMmf.PowerShell.Advice;

/// <summary>
/// Turns failures into error records: the same id, the fitting category, the facts as message, the remedy as recommended action.
/// </summary>
internal static class ErrorRecords
{
    // Its default view shows the recommended action on a line of its own; earlier ones show the message only.
    private static readonly Version ShowsRecommendation = new(7, 5);

    /// <summary>The record of a failure.</summary>
    /// <param name="e">The failure.</param>
    /// <param name="target">What the cmdlet was working on.</param>
    /// <param name="cmdlet">The cmdlet, whose caller decides how errors are seen.</param>
    public static ErrorRecord From(WinMmfException e, object? target, PSCmdlet cmdlet) =>
        new AdvisedErrorRecord(e, Remedies.Find(e), IsRecommendationShown(cmdlet.SessionState) && !IsThrown(cmdlet), target);

    /// <summary>A failure as one text: what happened, and what to do.</summary>
    public static string Describe(WinMmfException e) => Remedies.Find(e) is string remedy ? $"{e.Message} {remedy}" : e.Message;

    internal static ErrorCategory CategoryOf(WinMmfErrorId id) => id switch
    {
        WinMmfErrorId.InvalidName or WinMmfErrorId.InvalidSize or WinMmfErrorId.InvalidFormat or WinMmfErrorId.InvalidArgument
            or WinMmfErrorId.InvalidAccess or WinMmfErrorId.LocalIsPrivate or WinMmfErrorId.GroupTaken
            or WinMmfErrorId.CameraAmbiguous or WinMmfErrorId.InvalidConfiguration => ErrorCategory.InvalidArgument,
        WinMmfErrorId.AlreadyExists or WinMmfErrorId.FileExists => ErrorCategory.ResourceExists,
        WinMmfErrorId.ChannelInUse or WinMmfErrorId.SourceBusy or WinMmfErrorId.LockHeld or WinMmfErrorId.LockUndecided
            or WinMmfErrorId.NotALeftover or WinMmfErrorId.ConfigurationInUse
            or WinMmfErrorId.NoBandwidth => ErrorCategory.ResourceBusy,
        WinMmfErrorId.AlreadyLocked or WinMmfErrorId.NotLocked or WinMmfErrorId.NotHeld or WinMmfErrorId.NotKept
            or WinMmfErrorId.PublisherEnded or WinMmfErrorId.PrivilegeNotAssigned or WinMmfErrorId.MemoryReadOnly
            or WinMmfErrorId.AccessListUnusable or WinMmfErrorId.ConfirmationUnavailable => ErrorCategory.InvalidOperation,
        WinMmfErrorId.NotFound or WinMmfErrorId.UnknownAccount or WinMmfErrorId.ProgramNotFound or WinMmfErrorId.FileNotFound
            or WinMmfErrorId.LockOwnerNotFound or WinMmfErrorId.CameraNotFound => ErrorCategory.ObjectNotFound,
        WinMmfErrorId.NotAChannel or WinMmfErrorId.NotAMemory or WinMmfErrorId.WrongObjectType => ErrorCategory.InvalidType,
        WinMmfErrorId.CorruptHeader or WinMmfErrorId.CorruptLock or WinMmfErrorId.Truncated or WinMmfErrorId.VersionMismatch
            or WinMmfErrorId.FrameOverwritten or WinMmfErrorId.ChannelIncomplete => ErrorCategory.InvalidData,
        WinMmfErrorId.OutOfSharedMemory or WinMmfErrorId.NotReady or WinMmfErrorId.SharedMemoryMissing or WinMmfErrorId.OutOfLargePages
            or WinMmfErrorId.OutOfAddressSpace or WinMmfErrorId.ChannelLost => ErrorCategory.ResourceUnavailable,
        WinMmfErrorId.AccessDenied or WinMmfErrorId.PrivilegeNotHeld or WinMmfErrorId.CreationDenied or WinMmfErrorId.OwnerOnly
            or WinMmfErrorId.PublisherDenied or WinMmfErrorId.ElevationRequired or WinMmfErrorId.LabelDenied
            or WinMmfErrorId.NotAMember or WinMmfErrorId.FileReadOnly => ErrorCategory.PermissionDenied,
        WinMmfErrorId.ForeignOwner or WinMmfErrorId.ForeignChannel or WinMmfErrorId.NotTrusted
            or WinMmfErrorId.ProgramNotTrusted or WinMmfErrorId.WrongOwner or WinMmfErrorId.OwnerNotNamed => ErrorCategory.SecurityError,
        WinMmfErrorId.AccessOutOfStep or WinMmfErrorId.ChangeNotKept or WinMmfErrorId.PublisherFailed
            or WinMmfErrorId.ViewerFailed => ErrorCategory.InvalidResult,
        WinMmfErrorId.BufferTooSmall or WinMmfErrorId.TooManyReaders or WinMmfErrorId.OutOfBounds
            or WinMmfErrorId.LockedMemoryLimit => ErrorCategory.LimitsExceeded,
        WinMmfErrorId.Timeout => ErrorCategory.OperationTimeout,
        WinMmfErrorId.PublisherUnreachable or WinMmfErrorId.SourceUnreachable => ErrorCategory.ConnectionError,
        WinMmfErrorId.SaveFailed or WinMmfErrorId.DiskFull => ErrorCategory.WriteError,
        WinMmfErrorId.NotSupported or WinMmfErrorId.LargePagesUnavailable => ErrorCategory.NotImplemented,
        WinMmfErrorId.NoPixels => ErrorCategory.InvalidData,
        _ => ErrorCategory.NotSpecified,
    };

    /// <summary>True if the error ends the pipeline: a catch block gets a copy, which has no text but the message.</summary>
    private static bool IsThrown(PSCmdlet cmdlet)
    {
        object? preference = cmdlet.MyInvocation.BoundParameters.TryGetValue("ErrorAction", out object? given)
            ? given
            : cmdlet.SessionState.PSVariable.GetValue("ErrorActionPreference");
        return LanguagePrimitives.TryConvertTo(preference, out ActionPreference action) && action == ActionPreference.Stop;
    }

    private static bool IsRecommendationShown(SessionState session)
    {
        if (session.PSVariable.GetValue("PSVersionTable") is not IDictionary table
            || !LanguagePrimitives.TryConvertTo(table["PSVersion"]?.ToString().Split('-', '+')[0], out Version version))
        {
            return false;
        }

        return version >= ShowsRecommendation && session.PSVariable.GetValue("ErrorView")?.ToString() == "ConciseView";
    }
}
