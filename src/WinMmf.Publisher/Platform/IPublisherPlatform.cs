using System;
using System.IO;
using Microsoft.Extensions.Hosting;
using WinMmf.Errors;
using WinMmf.Security;

namespace WinMmf.Publisher.Platform;

/// <summary>What differs between systems about a publisher's process.</summary>
internal interface IPublisherPlatform
{
    /// <summary>Bytes of shared memory that are free; null where it is not limited apart from memory itself.</summary>
    long? FreeSharedMemory { get; }

    /// <summary>A folder of this account's own on this machine; null where it has none, as some services.</summary>
    string? OwnFolder { get; }

    /// <summary>True where the shells of this system quote as POSIX says; elsewhere there is no common way.</summary>
    bool HasPosixShell { get; }

    /// <summary>Makes a place for the control pipe.</summary>
    /// <param name="access">The channel's or memory's: the pipe belongs to whom that belongs to.</param>
    /// <param name="folder">Linux: the channel's or memory's folder, in which the socket lies; null on Windows.</param>
    /// <exception cref="WinMmfException">SystemError: it cannot be made.</exception>
    /// <exception cref="System.IO.IOException">Windows refuses every name.</exception>
    IControlEndpoint CreateControlEndpoint(AccessPolicy access, string? folder);

    /// <summary>Gives up what this process inherited beyond its standard streams, or only keeps it from children of its own.</summary>
    /// <param name="close">True for a process that outlives its parent.</param>
    /// <param name="input">What is published, as it was named; null for nothing.</param>
    void DropInherited(bool close, string? input);

    /// <summary>Lets go of standard input alone.</summary>
    void LetGoOfStandardInput();

    /// <summary>Leaves the terminal's session, and keeps children of ours from inheriting the standard streams.</summary>
    void LeaveSession();

    /// <summary>Changes the working folder to one that is never removed or unmounted. Relative paths mean nothing any more.</summary>
    void MoveToNeutralFolder();

    /// <summary>
    /// Standard output for bytes. Unlike the console's own stream it fails when the reading end is closed.
    /// </summary>
    Stream OpenStandardOutput();

    /// <summary>Closes the standard streams, so that a parent that reads them to their end reaches it.</summary>
    void LetGoOfStandardStreams();

    /// <summary>Makes sleeping exact to a millisecond, as long as the result lives.</summary>
    IDisposable? UseFineTimer();

    /// <summary>Notes the exit code of a service that ends; nothing where there is none.</summary>
    /// <param name="lifetime">What the host lives by.</param>
    /// <param name="code">The exit code.</param>
    void EndService(IHostLifetime lifetime, int code);
}
