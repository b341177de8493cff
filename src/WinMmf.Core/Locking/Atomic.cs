using System.Threading;

namespace WinMmf.Locking;

/// <summary>Compare-exchange on unsigned words; the framework for 5.1 has it for signed ones only.</summary>
internal static unsafe class Atomic
{
    /// <summary>Replaces a value if it is still there; a full fence.</summary>
    public static bool TryExchange(uint* word, uint from, uint to) =>
        Interlocked.CompareExchange(ref *(int*)word, unchecked((int)to), unchecked((int)from)) == unchecked((int)from);
}
