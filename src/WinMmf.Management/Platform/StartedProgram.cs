using System;
using System.IO;
using Microsoft.Win32.SafeHandles;

namespace WinMmf.Management.Platform;

/// <summary>
/// A program that this process started. Disposing of it closes the pipes that are still open and leaves the program running.
/// </summary>
internal abstract class StartedProgram : IDisposable
{
    /// <summary>Its process id.</summary>
    public abstract int Id { get; }

    /// <summary>Its standard input.</summary>
    public abstract Stream Input { get; }

    /// <summary>Its standard output.</summary>
    public abstract Stream Output { get; }

    /// <summary>Its error output.</summary>
    public abstract Stream Errors { get; }

    /// <summary>True if it ends with the job that this process is in, although it was meant to outlive this process.</summary>
    public virtual bool IsBoundToJob => false;

    /// <summary>Its handle, for a job; null where there is none.</summary>
    public virtual SafeProcessHandle? Handle => null;

    /// <summary>Its exit code, once it has ended.</summary>
    public abstract int ExitCode { get; }

    /// <summary>True once it has ended.</summary>
    public bool HasExited => WaitForExit(TimeSpan.Zero);

    /// <summary>Waits for its end.</summary>
    /// <param name="timeout">How long; infinite for ever.</param>
    /// <returns>False if the time ran out.</returns>
    public abstract bool WaitForExit(TimeSpan timeout);

    /// <summary>Ends it at once. Does nothing if it has ended.</summary>
    public abstract void Kill();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what this process has of it.</summary>
    /// <param name="disposing">True if called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        Close(Input);
        Close(Output);
        Close(Errors);
    }

    private static void Close(Stream pipe)
    {
        try
        {
            pipe.Dispose();
        }
        catch (IOException)
        {
            // What was still to be written reaches nothing any more.
        }
    }
}
