using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using WinMmf.Names;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Frames;

/// <summary>
/// What a frame costs in system calls, counted by strace on the thread that works (protocol 5.8, 7.3). The best of a few rounds counts,
/// since the runtime makes calls of its own in between.
/// </summary>
public sealed class SystemCallTests
{
    private const int Frames = 20_000;

    [SkippableFact]
    public void Publishing_with_nobody_asleep_makes_at_most_one_call_a_millisecond()
    {
        using Traced traced = new();
        SharedName name = Given.NewName();
        traced.Peer.Must("publish", "p", name.Name, name.Scope, 4, "");
        using Peer reader = Peer.Start();
        Assert.Equal("row", reader.Must("reader", "r", name.Name, name.Scope, "rw")[1]);

        // Wakes for readers without a row.
        AssertBounded(traced.Count("publish", "p", Frames), static round => 1 + (round.Microseconds / 1000), looks: false);
    }

    [SkippableFact]
    public void A_lease_and_its_end_make_no_call_of_their_own()
    {
        using Traced traced = new();
        using TestChannel channel = new();
        channel.Publish();
        Assert.Equal("row", traced.Peer.Must("reader", "r", channel.Name.Name, channel.Name.Scope, "rw")[1]);
        AssertBounded(traced.Count("lease", "r", Frames), static _ => 0);
    }

    [SkippableFact]
    public void A_copy_makes_no_call_of_its_own()
    {
        using Traced traced = new();
        using TestChannel channel = new();
        channel.Publish();
        traced.Peer.Must("reader", "r", channel.Name.Name, channel.Name.Scope, "ro");
        AssertBounded(traced.Count("copy", "r", Frames), static _ => 0);
    }

    /// <summary>
    /// The frames themselves make at most so many wakes and no other call. Beside them, a reader asks control and pixels for their size,
    /// each at most once in 16 ms: a round that a busy machine draws out sees that, however few frames it has. A publisher does not.
    /// </summary>
    private static void AssertBounded(List<Round> rounds, Func<Round, long> wakesAllowed, bool looks = true)
    {
        bool isWithin = rounds.Exists(round =>
        {
            int wakes = round.Calls.Count(static call => call == "futex");
            int looked = round.Calls.Count(static call => call is "statx" or "fstat");
            long looksAllowed = looks ? 2 * (1 + (round.Microseconds / 16_000)) : 0;
            return wakes <= wakesAllowed(round) && looked <= looksAllowed && wakes + looked == round.Calls.Count;
        });
        Assert.True(
            isWithin,
            string.Join("; ", rounds.Select(static round => $"{round.Microseconds} us: {string.Join(' ', round.Calls)}")));
    }

    private sealed record Round(List<string> Calls, long Microseconds);

    /// <summary>A peer whose system calls are written down.</summary>
    private sealed class Traced : IDisposable
    {
        private readonly string _log = Path.GetTempFileName();

        public Traced()
        {
            Given.SkipUnlessLinux();
            Skip.If(LinuxGiven.Run("strace", "-f", "-o", "/dev/null", "true") is null, "There is no strace, or it may not trace here.");

            // Code that is compiled once, at its first call, is not compiled again in the middle of a round.
            Peer = Peer.Start("strace", "-f", "-E", "DOTNET_TieredCompilation=0", "-o", _log);
        }

        public Peer Peer { get; }

        public List<Round> Count(string what, string key, int count)
        {
            long[] times = Peer.Must("count", what, key, count).Skip(1)
                .Select(static text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            List<Round> rounds = [];
            List<string>? calls = null;
            string thread = "";
            foreach (string line in File.ReadLines(_log))
            {
                string[] words = line.Split(' ', 2, StringSplitOptions.TrimEntries);
                bool isMark = line.Contains("/winmmf-count-", StringComparison.Ordinal);
                if (isMark && calls is null)
                {
                    Assert.Contains("/winmmf-count-begin", line, StringComparison.Ordinal);
                    thread = words[0];
                    calls = [];
                }
                else if (isMark)
                {
                    Assert.Contains("/winmmf-count-end", line, StringComparison.Ordinal);
                    rounds.Add(new Round(calls!, times[rounds.Count]));
                    calls = null;
                }
                else if (calls is not null && words[0] == thread && char.IsAsciiLetterLower(words[1][0]))
                {
                    calls.Add(words[1].Split('(')[0]);
                }
            }

            Assert.Equal(times.Length, rounds.Count);
            return rounds;
        }

        public void Dispose()
        {
            Peer.Dispose();
            File.Delete(_log);
        }
    }
}
