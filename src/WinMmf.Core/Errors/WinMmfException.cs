using System;

namespace WinMmf.Errors;

/// <summary>
/// The one exception type of WinMmf. Its message says what failed and what to do next; its
/// <see cref="ErrorId"/> is stable.
/// </summary>
public sealed class WinMmfException : Exception
{
    /// <summary>Both systems' code for "there is nothing of that name": ERROR_FILE_NOT_FOUND and ENOENT.</summary>
    public const int NoSuchObject = 2;

    /// <summary>Makes an exception.</summary>
    /// <param name="errorId">The stable identity of the failure.</param>
    /// <param name="message">What failed and what to do about it, in full sentences.</param>
    /// <param name="nativeErrorCode">The system's own code: a Win32 error or an errno; 0 if none.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public WinMmfException(WinMmfErrorId errorId, string message, int nativeErrorCode = 0, Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorId = errorId;
        NativeErrorCode = nativeErrorCode;
    }

    /// <summary>The stable identity of the failure.</summary>
    public WinMmfErrorId ErrorId { get; }

    /// <summary>The system's own code: a Win32 error on Windows, an errno on Linux; 0 if there was none.</summary>
    public int NativeErrorCode { get; }
}
