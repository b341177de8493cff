using System.Management.Automation;
using WinMmf.Management.Locks;
using WinMmf.Names;
using WinMmf.PowerShell.Output;

namespace WinMmf.PowerShell.Commands;

/// <summary>Get-SharedMemoryLock: who has the locks of memories, and who waits.</summary>
[Cmdlet(VerbsCommon.Get, "SharedMemoryLock")]
[OutputType(typeof(SharedMemoryLockInfo))]
public sealed class GetSharedMemoryLockCommand : SharedMemoryLockInfoCommand
{
    private protected override void Look(SharedName name) =>
        WriteObject(new SharedMemoryLockInfo(LockInspector.Inspect(name.Name, name.Scope)));
}
