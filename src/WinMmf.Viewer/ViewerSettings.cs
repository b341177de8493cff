using System;
using WinMmf.Names;

namespace WinMmf.Viewer;

/// <summary>What the command line asks for.</summary>
internal sealed record ViewerSettings
{
    /// <summary>The port on 127.0.0.1; 0: any that is free.</summary>
    public int Port { get; init; }

    /// <summary>How long to go on without a client.</summary>
    public TimeSpan IdleLimit { get; init; }

    /// <summary>The channel that the page shows at first; null: all of them.</summary>
    public string? Channel { get; init; }

    /// <summary>Its scope; null: Local, then Global.</summary>
    public NameScope? Scope { get; init; }

    /// <summary>Whether to open the page in a browser.</summary>
    public bool Opens { get; init; }

    /// <summary>Whether another program has started this one, and wants one message on standard output.</summary>
    public bool IsDetached { get; init; }

    /// <summary>What follows the token in the page's address.</summary>
    public string Query => (Channel is null ? "" : "&channel=" + Uri.EscapeDataString(Channel))
        + (Scope is NameScope scope ? "&scope=" + scope.ToString().ToLowerInvariant() : "");
}
