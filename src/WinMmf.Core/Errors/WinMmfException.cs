using System;

namespace WinMmf.Errors;

/// <summary>
/// The one exception type of WinMmf. It carries facts: a stable <see cref="ErrorId"/>, a message that says what failed and why,
/// and <see cref="Facts"/> as values. What to do about it depends on where a person sits, so the shell says that and not the exception.
/// </summary>
public sealed class WinMmfException : Exception
{
    /// <summary>Both systems' code for "there is nothing of that name": ERROR_FILE_NOT_FOUND and ENOENT.</summary>
    public const int NoSuchObject = 2;

    private static readonly ErrorFacts Unknown = new();

    /// <summary>Makes an exception.</summary>
    /// <param name="errorId">The stable identity of the failure.</param>
    /// <param name="message">What failed and why, in full sentences.</param>
    /// <param name="nativeErrorCode">The system's own code: a Win32 error or an errno; 0 if none.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public WinMmfException(WinMmfErrorId errorId, string message, int nativeErrorCode = 0, Exception? innerException = null)
        : this(errorId, message, Unknown, nativeErrorCode, innerException)
    {
    }

    /// <summary>Makes an exception with what it is about.</summary>
    /// <param name="errorId">The stable identity of the failure.</param>
    /// <param name="message">What failed and why, in full sentences.</param>
    /// <param name="facts">What it is about, as values.</param>
    /// <param name="nativeErrorCode">The system's own code: a Win32 error or an errno; 0 if none.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    internal WinMmfException(
        WinMmfErrorId errorId, string message, ErrorFacts facts, int nativeErrorCode = 0, Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorId = errorId;
        Facts = facts ?? throw new ArgumentNullException(nameof(facts));
        NativeErrorCode = nativeErrorCode;
    }

    /// <summary>The stable identity of the failure.</summary>
    public WinMmfErrorId ErrorId { get; }

    /// <summary>What the failure is about, as values.</summary>
    public ErrorFacts Facts { get; }

    /// <summary>The system's own code: a Win32 error on Windows, an errno on Linux; 0 if there was none.</summary>
    public int NativeErrorCode { get; }
}
