using System;
using System.Text;
using Xunit;
using Xunit.Sdk;

namespace WinMmf.Capture.Tests.Fuzzing;

/// <summary>The fuzzer finds faults that it is shown, so that a silent one is not taken for a good parser.</summary>
public sealed class FuzzerTests
{
    [Fact]
    public void A_count_that_is_trusted_is_found() => Assert.Throws<FailException>(() => new Fuzzer("pixels").Run(
        static bytes =>
        {
            if (bytes.Length < 0x110)
                return;
            int slots = BitConverter.ToInt32(bytes, 0x104);
            _ = new byte[slots > 1_000_000 ? throw new OverflowException() : 1];
        },
        seconds: 60));

    [Fact]
    public void A_length_that_is_trusted_is_found() => Assert.Throws<FailException>(() => new Fuzzer("message").Run(
        static bytes => _ = Encoding.UTF8.GetString(bytes).Split("\n\n")[1],
        seconds: 60));

    [Theory]
    [InlineData("control", 8192)]
    [InlineData("pixels", 0x50000)]
    [InlineData("holders", 8192)]
    public void Seeds_have_their_size(string target, int size) => Assert.All(Corpus.Read(target), seed => Assert.Equal(size, seed.Length));
}
