using System.Threading;

namespace WinMmf.Benchmarks.Transports;

/// <summary>
/// winmmf's lock, written from its description in docs/protocol.md and independent of WinMmf.Core: bit 31 is the writer, the low 24 bits
/// count readers, a client that cannot have it spins.
/// </summary>
internal static unsafe class WinmmfWord
{
    public const int DataOffset = 4;
    private const int Writer = int.MinValue;

    public static void LockWrite(byte* word)
    {
        SpinWait spin = default;
        while (Interlocked.CompareExchange(ref *(int*)word, Writer, 0) != 0)
            spin.SpinOnce(sleep1Threshold: -1);
    }

    public static void UnlockWrite(byte* word) => Volatile.Write(ref *(int*)word, 0);

    public static void LockRead(byte* word)
    {
        SpinWait spin = default;
        while (true)
        {
            int seen = Volatile.Read(ref *(int*)word);
            if (seen >= 0 && Interlocked.CompareExchange(ref *(int*)word, seen + 1, seen) == seen)
                return;
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    public static void UnlockRead(byte* word) => Interlocked.Decrement(ref *(int*)word);
}
