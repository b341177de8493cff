using System;
using System.IO.Pipes;

namespace WinMmf.Publisher.Platform;

/// <summary>Where the control pipe listens; open to this account and administrators only (design P5).</summary>
internal interface IControlEndpoint : IDisposable
{
    /// <summary>What clients connect to: a pipe name on Windows, a socket path on Linux.</summary>
    string Name { get; }

    /// <summary>One more instance of the pipe, for one client.</summary>
    NamedPipeServerStream Listen();
}
