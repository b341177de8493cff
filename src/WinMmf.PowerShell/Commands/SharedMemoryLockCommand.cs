using System;
using System.Management.Automation;
using WinMmf.Locking;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Session;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>What Lock- and Use-SharedMemory share: how a lock is taken.</summary>
public abstract class SharedMemoryLockCommand : OwnedNameCommand
{
    /// <summary>What others see as the reason.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Label { get; set; }

    private protected override double DefaultTimeoutSec => 10;

    /// <summary>Opens a memory and takes its lock for this session; null if that is not to be done after all.</summary>
    /// <param name="target">The memory's name.</param>
    /// <param name="mode">For reading or writing.</param>
    /// <param name="isWanted">Asked once it is known which memory it is.</param>
    private protected HeldLock? Take(Target target, LockMode mode, Func<SharedName, bool> isWanted)
    {
        NamedMemory? memory = OwnedMemory.Open(target, writable: true, Owner);
        try
        {
            WarnIfInBothScopes(memory.ExistsInBothScopes, memory.Name);
            if (!isWanted(memory.Name))
                return null;
            HeldLock held = HeldLock.Take(
                memory, mode, Timeout, Label ?? LockLabel.For(MyInvocation), SharedMemorySession.Current, StoppingToken);
            memory = null;
            if (StoppingToken.IsCancellationRequested)
                held.Dispose();
            StoppingToken.ThrowIfCancellationRequested();
            return held;
        }
        finally
        {
            memory?.Dispose();
        }
    }

    private protected void WarnIfSuspect(HeldLock held)
    {
        if (held.Suspect is SuspectMark mark)
        {
            WriteWarning($"{held.Memory}: {mark}. Write it anew, or if you find it good, end this mark with Unlock-SharedMemory -Trust; "
                + "giving the lock back without writing leaves it.");
        }
    }
}
