using System.Management.Automation;
using WinMmf.Errors;

namespace WinMmf.PowerShell.Advice;

/// <summary>An error record whose text has the advice, also where the view of errors shows the advice on a line of its own.</summary>
internal sealed class AdvisedErrorRecord : ErrorRecord
{
    private readonly string _text;

    /// <param name="error">The failure.</param>
    /// <param name="remedy">What to do about it; null if its message says so.</param>
    /// <param name="isShownApart">True if the view shows the recommended action, which is then left out of the message.</param>
    /// <param name="target">What the cmdlet was working on.</param>
    public AdvisedErrorRecord(WinMmfException error, string? remedy, bool isShownApart, object? target)
        : base(error, error.ErrorId.ToString(), ErrorRecords.CategoryOf(error.ErrorId), target)
    {
        _text = remedy is null ? error.Message : $"{error.Message} {remedy}";
        ErrorDetails = new ErrorDetails(isShownApart ? error.Message : _text) { RecommendedAction = remedy };
    }

    /// <summary>What happened and what to do.</summary>
    public override string ToString() => _text;
}
