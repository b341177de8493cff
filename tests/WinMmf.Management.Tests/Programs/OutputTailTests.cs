using System.IO;
using System.Linq;
using System.Threading;
using WinMmf.Management.Programs;
using Xunit;

namespace WinMmf.Management.Tests.Programs;

public sealed class OutputTailTests
{
    [Fact]
    public void The_last_words_are_whole_even_if_they_come_late()
    {
        OutputTail tail = new(new LateReader("first\n", "second\n\nthe re", "ason \n"));
        Assert.Equal(" It said: first / second / the reason", tail.Describe());
        Assert.Equal("second / the reason", tail.LastLines(2));
    }

    [Fact]
    public void Who_said_nothing_adds_nothing()
    {
        OutputTail tail = new(new StringReader("\n \n"));
        Assert.Equal("", tail.Describe());
        Assert.Equal("", tail.LastLines(3));
    }

    [Fact]
    public void Only_the_last_lines_are_kept_and_long_ones_cut()
    {
        OutputTail tail = new(new StringReader(
            string.Join("\n", Enumerable.Range(1, 1000).Select(static i => $"line {i}")) + "\n" + new string('x', 1_000_000)));
        Assert.Equal($" It said: line 997 / line 998 / line 999 / line 1000 / {new string('x', 300)}", tail.Describe());
        Assert.Equal("line 1000 / " + new string('x', 300), tail.LastLines(2));
        Assert.Equal(5, tail.LastLines(9).Split('/').Length);
    }

    [Fact]
    public void Control_characters_are_left_out_and_a_line_without_an_end_counts() =>
        Assert.Equal("title?[31m / last?one", new OutputTail(new StringReader("title\u001b[31m\r\nlast\u0007one")).LastLines(2));

    /// <summary>A pipe on a busy machine: each part arrives well after the program's end.</summary>
    private sealed class LateReader : TextReader
    {
        private readonly string[] _parts;
        private int _next;

        public LateReader(params string[] parts) => _parts = parts;

        public override int Read(char[] buffer, int index, int count)
        {
            if (_next == _parts.Length)
                return 0;
            Thread.Sleep(300);
            string part = _parts[_next++];
            part.CopyTo(0, buffer, index, part.Length);
            return part.Length;
        }
    }
}
