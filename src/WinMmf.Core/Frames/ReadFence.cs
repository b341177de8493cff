using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace WinMmf.Frames;

/// <summary>
/// The acquire fence of a reader: what was read before stays before what is read after. x86 and x64 never let two loads pass each other, so
/// there a call that the compiler cannot look through is all it takes; a full fence would cost more than a small copy.
/// </summary>
internal static class ReadFence
{
    private static readonly bool IsOrdered = RuntimeInformation.ProcessArchitecture is Architecture.X86 or Architecture.X64;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Acquire()
    {
        if (!IsOrdered)
            Thread.MemoryBarrier();
    }
}
