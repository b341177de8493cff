using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using Xunit;

namespace WinMmf.Capture.Tests.Fuzzing;

/// <summary>
/// Feeds a parser with what is nearly right: seeds of the corpus, changed in a few places by values at the edges, and mended so that the
/// parser gets past its first checks. What makes it fail is kept in artifacts/fuzz, to become a seed.
/// </summary>
internal sealed class Fuzzer
{
    /// <summary>How long each target is fed, in seconds; the nightly run gives it more.</summary>
    private const string SecondsVariable = "WINMMF_FUZZ_SECONDS";

    private const double DefaultSeconds = 4;
    private const int MostChanges = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly ulong[] Edges =
    [
        0, 1, 2, 3, 4, 7, 24, 25, 63, 64, 65, 255, 256, 65_535, 65_536, int.MaxValue, 0x8000_0000, uint.MaxValue, (ulong)uint.MaxValue + 1,
        long.MaxValue, 0x8000_0000_0000_0000, ulong.MaxValue,
    ];

    private readonly List<byte[]> _seeds;
    private readonly List<int[]> _fields;
    private readonly string _target;
    private readonly Random _random;

    public Fuzzer(string target)
    {
        _target = target;
        _seeds = Corpus.Read(target);
        _fields = [.. _seeds.Select(Fields)];

        // Another run tries other inputs; a failure keeps its input, which is all that is needed to see it again.
        _random = new Random();
    }

    /// <summary>Runs a target until its time is over; the seeds themselves come first.</summary>
    /// <param name="parse">Throws what is a fault; a refusal it swallows.</param>
    /// <param name="mend">Makes the input consistent where the parser would otherwise stop at once; not always called.</param>
    /// <param name="seconds">0: as long as the environment says.</param>
    /// <returns>How many inputs were tried.</returns>
    public long Run(Action<byte[]> parse, Action<byte[]>? mend = null, double seconds = 0)
    {
        Assert.NotEmpty(_seeds);
        foreach (byte[] seed in _seeds)
            Try(parse, seed);
        string? given = Environment.GetEnvironmentVariable(SecondsVariable);
        double limit = seconds > 0 ? seconds
            : double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out double asked) ? asked : DefaultSeconds;
        Stopwatch clock = Stopwatch.StartNew();
        long tried = _seeds.Count;
        for (; clock.Elapsed.TotalSeconds < limit; tried++)
        {
            byte[] input = Change(_random.Next(_seeds.Count));
            if (mend is not null && _random.Next(8) != 0)
                mend(input);
            Try(parse, input);
        }

        return tried;
    }

    private void Try(Action<byte[]> parse, byte[] input)
    {
        Stopwatch clock = Stopwatch.StartNew();
        try
        {
            parse((byte[])input.Clone());
        }
        catch (Exception e)
        {
            Assert.Fail($"{_target}: {e.GetType().Name} for {Keep(input)}: {e}");
        }

        if (clock.Elapsed > Patience)
            Assert.Fail($"{_target}: {clock.Elapsed.TotalSeconds:0} s for {Keep(input)}");
    }

    private string Keep(byte[] input)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "..", "artifacts", "fuzz");
        Directory.CreateDirectory(folder);
        string path = Path.GetFullPath(Path.Combine(folder, $"{_target}-{Guid.NewGuid():N}.bin"));
        File.WriteAllBytes(path, input);
        return path;
    }

    /// <summary>Where a seed has fields that say something: multiples of four with a word that is not zero.</summary>
    private static int[] Fields(byte[] seed) =>
        [.. Enumerable.Range(0, seed.Length / 4).Select(word => word * 4).Where(at => BitConverter.ToUInt32(seed, at) != 0)];

    private byte[] Change(int seed)
    {
        List<byte> input = [.. _seeds[seed]];
        for (int change = _random.Next(1, MostChanges + 1); change > 0; change--)
        {
            switch (_random.Next(10))
            {
                case 0 when input.Count > 1:
                    input.RemoveAt(_random.Next(input.Count));
                    break;
                case 1:
                    input.Insert(_random.Next(input.Count + 1), (byte)_random.Next(256));
                    break;
                case 2 when input.Count > 0:
                    byte[] other = _seeds[_random.Next(_seeds.Count)];
                    int at = _random.Next(other.Length), count = _random.Next(Math.Min(64, other.Length - at) + 1);
                    input.InsertRange(_random.Next(input.Count), other.Skip(at).Take(count));
                    break;
                case 3 when input.Count > 0:
                    input[_random.Next(input.Count)] ^= (byte)(1 << _random.Next(8));
                    break;
                default:
                    PutEdge(input, _fields[seed]);
                    break;
            }
        }

        // Cut short now and then: a length that says more than there is.
        return _random.Next(16) == 0 ? [.. input.Take(_random.Next(input.Count + 1))] : [.. input];
    }

    /// <summary>
    /// A field at the edge of its values, where the formats here have fields: at a multiple of four, half the time one that the seed fills,
    /// because most of a large seed are zeros that no parser looks at.
    /// </summary>
    private void PutEdge(List<byte> input, int[] fields)
    {
        byte[] value = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(value, Edges[_random.Next(Edges.Length)] + (ulong)_random.Next(-1, 2));
        int size = _random.Next(3) switch { 0 => 1, 1 => 4, _ => 8 };
        int at = fields.Length > 0 && _random.Next(2) == 0
            ? fields[_random.Next(fields.Length)]
            : _random.Next((input.Count + 3) / 4 + 1) * 4;
        for (int i = 0; i < size && at + i < input.Count; i++)
            input[at + i] = value[i];
    }
}
