using System.Management.Automation;
using WinMmf.Errors;

namespace WinMmf.PowerShell.Advice;

/// <summary>Turns WinMmf's failures into error records: the same id, the fitting category, the message with its remedy.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord From(WinMmfException e, object? target) =>
        new(e, e.ErrorId.ToString(), CategoryOf(e.ErrorId), target);

    internal static ErrorCategory CategoryOf(WinMmfErrorId id) => id switch
    {
        WinMmfErrorId.InvalidName or WinMmfErrorId.InvalidSize or WinMmfErrorId.InvalidFormat or WinMmfErrorId.InvalidArgument =>
            ErrorCategory.InvalidArgument,
        WinMmfErrorId.AlreadyExists => ErrorCategory.ResourceExists,
        WinMmfErrorId.ChannelInUse or WinMmfErrorId.SourceBusy or WinMmfErrorId.LockHeld or WinMmfErrorId.LockUndecided =>
            ErrorCategory.ResourceBusy,
        WinMmfErrorId.AlreadyLocked or WinMmfErrorId.NotLocked => ErrorCategory.InvalidOperation,
        WinMmfErrorId.NotFound or WinMmfErrorId.UnknownAccount => ErrorCategory.ObjectNotFound,
        WinMmfErrorId.NotAChannel or WinMmfErrorId.WrongObjectType => ErrorCategory.InvalidType,
        WinMmfErrorId.CorruptHeader or WinMmfErrorId.CorruptLock or WinMmfErrorId.Truncated
            or WinMmfErrorId.VersionMismatch or WinMmfErrorId.FrameOverwritten => ErrorCategory.InvalidData,
        WinMmfErrorId.OutOfSharedMemory or WinMmfErrorId.NotReady => ErrorCategory.ResourceUnavailable,
        WinMmfErrorId.AccessDenied or WinMmfErrorId.PrivilegeNotHeld => ErrorCategory.PermissionDenied,
        WinMmfErrorId.ForeignOwner or WinMmfErrorId.NotTrusted => ErrorCategory.SecurityError,
        WinMmfErrorId.ChannelLost => ErrorCategory.ResourceUnavailable,
        WinMmfErrorId.AccessOutOfStep => ErrorCategory.InvalidResult,
        WinMmfErrorId.BufferTooSmall or WinMmfErrorId.TooManyReaders or WinMmfErrorId.OutOfBounds or WinMmfErrorId.LockedMemoryLimit =>
            ErrorCategory.LimitsExceeded,
        WinMmfErrorId.Timeout => ErrorCategory.OperationTimeout,
        WinMmfErrorId.PublisherUnreachable or WinMmfErrorId.SourceUnreachable => ErrorCategory.ConnectionError,
        WinMmfErrorId.PublisherFailed => ErrorCategory.InvalidResult,
        WinMmfErrorId.SaveFailed => ErrorCategory.WriteError,
        WinMmfErrorId.NotSupported => ErrorCategory.NotImplemented,
        _ => ErrorCategory.NotSpecified,
    };
}
