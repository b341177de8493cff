using System;
using System.IO;
using System.Threading;
using Xunit;

namespace WinMmf.Capture.Tests;

public sealed class TextTailTests
{
    [Fact]
    public void The_last_words_are_whole_even_if_they_come_late()
    {
        TextTail tail = new(new LateReader("first\n", "second\nthe reason\n"));
        Assert.Equal("first; second; the reason", tail.LastLines(3));
        Assert.Equal("the reason", tail.LastLines(1));
    }

    [Fact]
    public void Only_the_end_of_a_long_text_is_kept_and_control_characters_are_not()
    {
        TextTail tail = new(new StringReader(new string('x', 100_000) + "\nlast\u0007one\n"));
        string all = tail.LastLines(9);
        Assert.InRange(all.Length, 1000, 2100);
        Assert.EndsWith("; last?one", all, StringComparison.Ordinal);
    }

    /// <summary>A pipe on a busy machine: each part arrives well after the child's end.</summary>
    private sealed class LateReader(params string[] parts) : TextReader
    {
        private int _next;

        public override int Read(char[] buffer, int index, int count)
        {
            if (_next == parts.Length)
                return 0;
            Thread.Sleep(700);
            string part = parts[_next++];
            part.CopyTo(0, buffer, index, part.Length);
            return part.Length;
        }
    }
}
