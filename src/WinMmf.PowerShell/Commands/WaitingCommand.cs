using System;
using System.Management.Automation;

namespace WinMmf.PowerShell.Commands;

/// <summary>A cmdlet that works on memories by their names and may have to wait.</summary>
public abstract class WaitingCommand : NameCommand
{
    private double? _timeoutSec;

    /// <summary>Seconds to wait.</summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public virtual double TimeoutSec
    {
        get => _timeoutSec ?? DefaultTimeoutSec;
        set => _timeoutSec = value;
    }

    /// <summary>Seconds to wait if the caller does not say.</summary>
    private protected virtual double DefaultTimeoutSec => 0;

    /// <summary>How long to wait.</summary>
    private protected TimeSpan Timeout => ToTimeSpan(TimeoutSec);

    /// <summary>How long to wait; null if the caller did not say.</summary>
    private protected TimeSpan? AskedTimeout => _timeoutSec is null ? null : Timeout;
}
