using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using WinMmf.Management.Control;
using Xunit;

namespace WinMmf.Management.Tests.Control;

public sealed class OutputTailTests
{
    [Fact]
    public void The_last_words_are_whole_even_if_they_come_late()
    {
        OutputTail tail = new(new LateReader("first", "", " the reason "));
        Assert.Equal(" It said: first / the reason", tail.Describe());
    }

    [Fact]
    public void Who_said_nothing_adds_nothing() => Assert.Equal("", new OutputTail(new StringReader("\n \n")).Describe());

    [Fact]
    public void Only_the_last_lines_are_kept_and_long_ones_cut()
    {
        OutputTail tail = new(new StringReader(string.Join("\n", Enumerable.Range(1, 1000).Select(static i => $"line {i}")) + "\n" + new string('x', 10_000)));
        Assert.Equal($" It said: line 997 / line 998 / line 999 / line 1000 / {new string('x', 300)}", tail.Describe());
    }

    /// <summary>A pipe on a busy machine: each line arrives well after the program's end.</summary>
    private sealed class LateReader : TextReader
    {
        private readonly Queue<string> _lines;

        public LateReader(params string[] lines) => _lines = new Queue<string>(lines);

        public override string? ReadLine()
        {
            if (_lines.Count == 0)
                return null;
            Thread.Sleep(300);
            return _lines.Dequeue();
        }
    }
}
