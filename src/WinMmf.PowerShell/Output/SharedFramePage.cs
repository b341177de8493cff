using WinMmf.Management.Launching;
using WinMmf.Names;

namespace WinMmf.PowerShell.Output;

/// <summary>A page that shows channels in a browser, and the viewer behind it.</summary>
public sealed class SharedFramePage
{
    internal SharedFramePage(SharedName? channel, StartedViewer viewer)
    {
        Name = channel?.Name;
        Scope = channel?.Scope.ToString();
        ProcessId = viewer.ProcessId;
        Address = viewer.Address.OriginalString;
        IsOpened = viewer.IsOpened;
        Reason = viewer.Reason.Length > 0 ? viewer.Reason : null;
        TunnelCommand = viewer.TunnelCommand.Length > 0 ? viewer.TunnelCommand : null;
    }

    /// <summary>The channel that the page shows at first; null: all of them.</summary>
    public string? Name { get; }

    /// <summary>Where its name is visible.</summary>
    public string? Scope { get; }

    /// <summary>The viewer's process, which ends 10 minutes after its last client.</summary>
    public int ProcessId { get; }

    /// <summary>The page, with the token that opens it: who has the address sees what this account may see.</summary>
    public string Address { get; }

    /// <summary>True if a browser was started with the page.</summary>
    public bool IsOpened { get; }

    /// <summary>Why no browser was started; null if one was, or none was wanted.</summary>
    public string? Reason { get; }

    /// <summary>In an SSH session: what to run at the other end before the address works there; else null.</summary>
    public string? TunnelCommand { get; }

    /// <summary>Text for display.</summary>
    public override string ToString() => Address;
}
