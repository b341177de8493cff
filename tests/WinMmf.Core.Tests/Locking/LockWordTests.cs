using WinMmf.Locking;
using Xunit;

namespace WinMmf.Tests.Locking;

/// <summary>The word bit for bit (protocol 8.1).</summary>
public sealed class LockWordTests
{
    [Theory]
    [InlineData(0x0000_0000u, LockMode.Read, true, 0x0100_0001u)]
    [InlineData(0x0000_0000u, LockMode.Read, false, 0x0000_0001u)]
    [InlineData(0x0000_0000u, LockMode.Write, true, 0xC000_0000u)]
    [InlineData(0x0000_0000u, LockMode.Write, false, 0x8000_0000u)]
    [InlineData(0x0000_0003u, LockMode.Read, true, 0x0100_0004u)]
    [InlineData(0x3E00_003Eu, LockMode.Read, true, 0x3F00_003Fu)]
    [InlineData(0x00FF_FFFEu, LockMode.Read, false, 0x00FF_FFFFu)]
    public void Taking_and_giving_back_are_each_other_undone(uint before, LockMode mode, bool marked, uint after)
    {
        LockWord word = new(before);
        Assert.True(word.Allows(mode));
        Assert.Equal(after, word.Taken(mode, marked));
        Assert.True(new LockWord(after).TryGive(mode, marked, out uint given));
        Assert.Equal(before, given);
    }

    [Theory]
    [InlineData(0x8000_0000u, LockMode.Read)]
    [InlineData(0x8000_0000u, LockMode.Write)]
    [InlineData(0xC000_0000u, LockMode.Read)]
    [InlineData(0xC000_0000u, LockMode.Write)]
    [InlineData(0x0000_0001u, LockMode.Write)]
    [InlineData(0x0100_0001u, LockMode.Write)]
    [InlineData(0x00FF_FFFFu, LockMode.Read)]
    [InlineData(0xFF00_0000u, LockMode.Read)]
    [InlineData(0xFF00_0000u, LockMode.Write)]
    [InlineData(0x4000_0000u, LockMode.Write)]
    [InlineData(0x0100_0000u, LockMode.Write)]
    public void What_does_not_allow_it(uint value, LockMode mode) => Assert.False(new LockWord(value).Allows(mode));

    [Theory]
    [InlineData(0xFF00_0000u)]
    [InlineData(0xFFFF_FFFFu)]
    [InlineData(0x4000_0000u)]
    [InlineData(0x8000_0001u)]
    [InlineData(0xC000_0001u)]
    [InlineData(0x8100_0000u)]
    [InlineData(0x0200_0001u)]
    [InlineData(0x7F00_0000u)]
    public void Words_that_no_legal_step_leads_to_are_faults(uint value)
    {
        LockWord word = new(value);
        Assert.NotNull(word.Fault);
        Assert.False(word.Allows(LockMode.Read));
        Assert.False(word.Allows(LockMode.Write));
    }

    [Theory]
    [InlineData(0x0300_0005u, 5, 3, 2, false, false)]
    [InlineData(0x0000_0002u, 2, 0, 2, false, false)]
    [InlineData(0x8000_0000u, 0, 0, 0, false, true)]
    [InlineData(0xC000_0000u, 0, 0, 0, true, false)]
    public void Whose_is_what(uint value, int readers, int marked, int foreign, bool ownWriter, bool foreignWriter)
    {
        LockWord word = new(value);
        Assert.Null(word.Fault);
        Assert.Equal((readers, marked, foreign, ownWriter, foreignWriter),
            (word.Readers, word.MarkedReaders, word.ForeignReaders, word.IsOwnWriter, word.IsForeignWriter));
    }

    [Theory]
    [InlineData(0x0000_0001u, LockMode.Read, true)]
    [InlineData(0x0100_0001u, LockMode.Read, false)]
    [InlineData(0x8000_0000u, LockMode.Write, true)]
    [InlineData(0xC000_0000u, LockMode.Write, false)]
    [InlineData(0x0000_0000u, LockMode.Read, true)]
    [InlineData(0x0000_0000u, LockMode.Write, true)]
    [InlineData(0xC000_0000u, LockMode.Read, true)]
    public void Nobody_gives_back_what_is_not_his(uint value, LockMode mode, bool marked)
    {
        Assert.False(new LockWord(value).TryGive(mode, marked, out uint given));
        Assert.Equal(value, given);
    }
}
