using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Memory;
using WinMmf.Names;

namespace WinMmf.Management.Locks;

/// <summary>Looks at locks without touching them.</summary>
internal static class LockInspector
{
    /// <summary>Looks at the lock of a memory.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="scope">Where to look; null: Local, then Global.</param>
    /// <exception cref="WinMmfException">
    /// InvalidName, NotFound, AccessDenied, WrongObjectType, Truncated; NotSupported for a frame channel, which has no lock.
    /// </exception>
    public static LockReport Inspect(string name, NameScope? scope = null)
    {
        using NamedMemory memory = NamedMemory.Open(name, scope, writable: false);
        return Inspect(memory);
    }

    /// <summary>Looks at the lock of an open memory.</summary>
    /// <param name="memory">The memory.</param>
    /// <exception cref="WinMmfException">Truncated.</exception>
    public static LockReport Inspect(NamedMemory memory) => LockJudge.Judge(memory);
}
