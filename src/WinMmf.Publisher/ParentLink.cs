using System;
using System.IO;
using System.Threading;

namespace WinMmf.Publisher;

/// <summary>
/// The life-line to a parent that started this process for its own purpose (demo, run): a first line on standard input means start; its end
/// means that the parent has ended, in whatever way.
/// </summary>
internal sealed class ParentLink
{
    /// <summary>The argument of a process that has one.</summary>
    public const string Argument = "--parent-stdin";

    private readonly ManualResetEventSlim _go = new();

    /// <summary>Begins to listen.</summary>
    /// <param name="parentGone">Called once when standard input ends.</param>
    public ParentLink(Action parentGone)
    {
        Thread thread = new(() => Listen(parentGone)) { IsBackground = true, Name = "parent" };
        thread.Start();
    }

    /// <summary>Waits for the parent's go.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void WaitForGo(CancellationToken cancellationToken) => _go.Wait(cancellationToken);

    private void Listen(Action parentGone)
    {
        using Stream input = Console.OpenStandardInput();
        try
        {
            while (input.ReadByte() >= 0)
                _go.Set();
        }
        catch (IOException)
        {
            // A broken pipe is an ended one.
        }

        try
        {
            parentGone();
        }
        catch (ObjectDisposedException)
        {
            // This process had ended its work already.
        }
    }
}
