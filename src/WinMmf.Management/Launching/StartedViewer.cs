using System;

namespace WinMmf.Management.Launching;

/// <summary>A viewer that was started and serves.</summary>
internal sealed class StartedViewer
{
    /// <summary>What a viewer answered.</summary>
    public StartedViewer(int processId, Uri address, bool isOpened, string reason, string tunnelCommand)
    {
        ProcessId = processId;
        Address = address;
        IsOpened = isOpened;
        Reason = reason;
        TunnelCommand = tunnelCommand;
    }

    /// <summary>Its process id.</summary>
    public int ProcessId { get; }

    /// <summary>The page, with the token: who has it sees what the viewer's account may see.</summary>
    public Uri Address { get; }

    /// <summary>True if a browser was started with the page.</summary>
    public bool IsOpened { get; }

    /// <summary>Why no browser was started, as a sentence; empty if one was, or none was wanted.</summary>
    public string Reason { get; }

    /// <summary>In an SSH session: the command that makes the address work at the other end; else empty.</summary>
    public string TunnelCommand { get; }
}
