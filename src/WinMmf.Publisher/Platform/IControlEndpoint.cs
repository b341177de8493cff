using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace WinMmf.Publisher.Platform;

/// <summary>Where the control pipe listens; open to this account and administrators only (protocol section 9).</summary>
internal interface IControlEndpoint : IDisposable
{
    /// <summary>What clients connect to: a pipe name on Windows, a socket path on Linux.</summary>
    string Name { get; }

    /// <summary>Waits for the next client. One caller at a time.</summary>
    /// <returns>The connection; disposing it ends it.</returns>
    /// <exception cref="IOException">No client can be taken now.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<Stream> AcceptAsync(CancellationToken cancellationToken);
}
