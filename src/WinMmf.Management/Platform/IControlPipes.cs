using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace WinMmf.Management.Platform;

/// <summary>
/// Control pipes, as a client sees them (protocol section 9). The name of one is in memory that other accounts may write.
/// </summary>
internal interface IControlPipes
{
    /// <summary>True if an end point has one of the forms of this system; no other is ever connected to.</summary>
    bool IsValid(string endpoint);

    /// <summary>Connects to an end point of a valid form, and judges who serves it before anything is sent.</summary>
    /// <param name="endpoint">The end point.</param>
    /// <param name="ownerId">The account that owns the section with the end point: a SID on Windows, a uid on Linux.</param>
    /// <param name="cancellationToken">Ends the wait for a server that is busy.</param>
    /// <returns>The connection; disposing it ends what is pending on it.</returns>
    /// <exception cref="WinMmf.Errors.WinMmfException">ForeignOwner: the server is another account's.</exception>
    /// <exception cref="System.UnauthorizedAccessException">The pipe is not open to this account.</exception>
    /// <exception cref="IOException">No process listens there.</exception>
    Task<Stream> ConnectAsync(string endpoint, string ownerId, CancellationToken cancellationToken);
}
