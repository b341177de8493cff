using System.Threading;
using WinMmf.Memory;

namespace WinMmf.Soak;

/// <summary>
/// Data in which each lost or torn write shows: a total that is written first, one count a worker, and the total once more. They agree
/// whenever no process writes, unless a writer died in the middle: then the first total may be one ahead.
/// </summary>
internal sealed unsafe class LockedData
{
    public const int Workers = 16;
    public const long Size = (Workers + 3) * sizeof(long);
    private readonly long* _data;

    public LockedData(NamedMemory memory) => _data = (long*)memory.Data;

    /// <summary>Who writes now, 0 for none; only the writer touches it.</summary>
    public long Writer
    {
        get => Volatile.Read(ref _data[2]);
        set => Volatile.Write(ref _data[2], value);
    }

    public long Total => Volatile.Read(ref _data[0]);

    /// <summary>One protected write, in steps between which a process may die.</summary>
    public void Add(int worker, System.Random random)
    {
        Volatile.Write(ref _data[0], _data[0] + 1);
        Linger(random);
        Volatile.Write(ref _data[3 + worker], _data[3 + worker] + 1);
        Linger(random);
        Volatile.Write(ref _data[1], _data[0]);
    }

    /// <summary>True if nothing was lost and no writer is in the middle.</summary>
    public bool IsWhole() => _data[0] == _data[1] && _data[0] == Sum();

    /// <summary>Repairs what a dead writer left. False if more than its last write is missing.</summary>
    public bool TryMend()
    {
        long sum = Sum();
        bool explained = (_data[0] == sum || _data[0] == sum + 1) && (_data[1] == sum || _data[1] == sum - 1);
        _data[0] = sum;
        _data[1] = sum;
        return explained;
    }

    // Sometimes long enough to be hit by a kill.
    private static void Linger(System.Random random)
    {
        if (random.Next(5) == 0)
            Thread.Sleep(1);
        else
            Thread.SpinWait(20);
    }

    private long Sum()
    {
        long sum = 0;
        for (int i = 0; i < Workers; i++)
            sum += Volatile.Read(ref _data[3 + i]);
        return sum;
    }
}
