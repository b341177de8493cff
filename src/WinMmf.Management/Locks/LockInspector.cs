using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Selection;

namespace WinMmf.Management.Locks;

/// <summary>Looks at locks without touching them.</summary>
internal static class LockInspector
{
    /// <summary>Looks at the lock of a memory.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="scope">Where to look; null: Local, then Global.</param>
    /// <exception cref="WinMmfException">
    /// InvalidName, NotFound, AccessDenied, WrongObjectType, Truncated; NotAMemory for a frame channel, which has no lock.
    /// </exception>
    public static LockReport Inspect(string name, NameScope? scope = null) => Inspect(PlatformServices.Current, name, scope);

    /// <summary>Looks at the lock of a memory of a known scope.</summary>
    /// <exception cref="WinMmfException">As the other.</exception>
    internal static LockReport Inspect(IPlatform platform, SharedName name) => Inspect(platform, name.Name, name.Scope);

    private static LockReport Inspect(IPlatform platform, string name, NameScope? scope)
    {
        using LockLook memory = LockLook.Open(platform, name, scope);
        return LockJudge.Judge(memory);
    }

    /// <summary>Looks at the lock of an open memory.</summary>
    /// <param name="memory">The memory.</param>
    /// <exception cref="WinMmfException">Truncated.</exception>
    public static LockReport Inspect(NamedMemory memory) => LockJudge.Judge(memory);
}
