using System;
using System.Management.Automation;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Memory;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Session;
using WinMmf.PowerShell.Targets;
using WinMmf.PowerShell.Values;

namespace WinMmf.PowerShell.Commands;

/// <summary>What Read- and Write-SharedMemory share: which memory, which lock.</summary>
public abstract class SharedMemoryDataCommand : OwnedNameCommand
{
    private protected const string ObjectSet = "InputObject";
    private protected const string NameSet = "Name";

    /// <summary>Where the range begins.</summary>
    [Parameter]
    [ValidateRange(0L, long.MaxValue)]
    public long Offset { get; set; }

    /// <summary>How text lies in the memory.</summary>
    [Parameter]
    public TextEncoding Encoding { get; set; }

    /// <summary>How the end of text is known.</summary>
    [Parameter]
    public TextForm TextForm { get; set; }

    /// <summary>Do not take the memory's lock.</summary>
    [Parameter]
    public SwitchParameter NoLock { get; set; }

    private protected override double DefaultTimeoutSec => 10;

    private protected TextCodec Text => new(Encoding, TextForm);

    /// <summary>Opens a memory for the time of some work.</summary>
    private protected void WithMemory(Target target, bool writable, Action<NamedMemory> work)
    {
        using NamedMemory memory = Open(target, writable);
        WarnIfInBothScopes(memory.ExistsInBothScopes, memory.Name);
        work(memory);
    }

    /// <summary>
    /// Does some work under the memory's lock, unless that is not wanted. A lock that this session has is enough if it allows it.
    /// </summary>
    private protected void WithLock(NamedMemory memory, LockMode mode, Action work)
    {
        SharedMemorySession session = SharedMemorySession.Current;
        HeldLock? own = session.FindLock(memory.Name);
        using SharedMemoryLock? taken = NoLock
            ? null
            : DataLock.Take(memory, mode, own?.LockMode, session.Owner, Timeout, LockLabel.For(MyInvocation), StoppingToken);
        work();
        if (mode != LockMode.Write)
            return;
        taken?.MarkWritten();
        if (own?.LockMode == LockMode.Write)
            own.MarkWritten();
    }

    private NamedMemory Open(Target target, bool writable)
    {
        try
        {
            return OwnedMemory.Open(target, writable, Owner);
        }
        catch (WinMmfException e) when (e.ErrorId == WinMmfErrorId.AccessDenied && writable && this is ReadSharedMemoryCommand)
        {
            throw new WinMmfException(
                WinMmfErrorId.AccessDenied, e.Message, e.Facts with { Operation = ErrorOperation.Lock }, e.NativeErrorCode, e);
        }
    }
}
