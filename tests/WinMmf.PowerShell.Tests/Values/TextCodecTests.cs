using System.Linq;
using WinMmf.Errors;
using WinMmf.PowerShell.Values;
using Xunit;

namespace WinMmf.PowerShell.Tests.Values;

/// <summary>Text is read back as it was written, whatever lay there before.</summary>
public sealed class TextCodecTests
{
    public static TheoryData<TextEncoding, TextForm, string> Texts
    {
        get
        {
            TheoryData<TextEncoding, TextForm, string> data = [];
            foreach (TextEncoding encoding in System.Enum.GetValues<TextEncoding>())
            {
                foreach (TextForm form in new[] { TextForm.Terminated, TextForm.Prefixed, TextForm.Padded })
                {
                    foreach (string text in new[] { "", "a", "hillo", " two  words ", "line\nline" })
                        data.Add(encoding, form, text);
                }
            }

            foreach (TextForm form in new[] { TextForm.Terminated, TextForm.Prefixed, TextForm.Padded })
            {
                data.Add(TextEncoding.UTF8, form, "hello w\u00F6rld \U0001F600");
                data.Add(TextEncoding.Unicode, form, "\u0100\u0001\U0001F600");
                data.Add(TextEncoding.BigEndianUnicode, form, "\u0100\u0001");
                data.Add(TextEncoding.UTF32, form, "\u0100\U0001F600");
                data.Add(TextEncoding.Latin1, form, "Gr\u00FC\u00DFe");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_over_longer_text_is_read_back_as_written(TextEncoding encoding, TextForm form, string text)
    {
        TextCodec codec = new(encoding, form);
        byte[] memory = [.. Enumerable.Repeat((byte)'x', 128)];
        byte[] written = codec.Encode(text, form == TextForm.Padded ? memory.Length : null);
        written.CopyTo(memory, 0);
        Assert.Equal(text, codec.Decode(memory));
    }

    [Theory]
    [InlineData(TextEncoding.UTF8, "\u00F6", "C3-B6-00")]
    [InlineData(TextEncoding.Latin1, "\u00F6", "F6-00")]
    [InlineData(TextEncoding.ASCII, "o", "6F-00")]
    [InlineData(TextEncoding.Unicode, "\u00F6", "F6-00-00-00")]
    [InlineData(TextEncoding.BigEndianUnicode, "\u00F6", "00-F6-00-00")]
    [InlineData(TextEncoding.UTF32, "\u00F6", "F6-00-00-00-00-00-00-00")]
    public void There_is_no_byte_order_mark_and_the_nul_is_as_wide_as_a_character(TextEncoding encoding, string text, string bytes) =>
        Assert.Equal(bytes, System.BitConverter.ToString(new TextCodec(encoding, TextForm.Terminated).Encode(text, null)));

    [Fact]
    public void A_zero_byte_within_a_wide_character_is_no_end() =>
        Assert.Equal("\u0100\u4100", new TextCodec(TextEncoding.Unicode, TextForm.Terminated).Decode([0x00, 0x01, 0x00, 0x41, 0, 0]));

    [Theory]
    [InlineData(TextForm.Terminated)]
    [InlineData(TextForm.Padded)]
    public void A_nul_within_text_is_refused_where_it_would_cut_it(TextForm form) =>
        Assert.Equal(WinMmfErrorId.InvalidArgument, ErrorOf(() => new TextCodec(TextEncoding.UTF8, form).Encode("a\0b", 10)));

    [Fact]
    public void With_its_length_in_front_text_may_have_nuls()
    {
        TextCodec codec = new(TextEncoding.UTF8, TextForm.Prefixed);
        byte[] written = codec.Encode("a\0b\0", null);
        Assert.Equal("04-00-00-00-61-00-62-00", System.BitConverter.ToString(written));
        Assert.Equal("a\0b\0", codec.Decode([.. written, 1, 2, 3]));
    }

    [Theory]
    [InlineData(new byte[] { 9, 0, 0, 0, 1 })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 1 })]
    public void A_length_that_is_not_there_is_an_error(byte[] memory) =>
        Assert.Equal(WinMmfErrorId.InvalidArgument, ErrorOf(() => new TextCodec(TextEncoding.UTF8, TextForm.Prefixed).Decode(memory)));

    [Theory]
    [InlineData(TextForm.Terminated)]
    [InlineData(TextForm.Prefixed)]
    public void Texts_one_after_the_other_come_back_one_by_one(TextForm form)
    {
        TextCodec codec = new(TextEncoding.UTF8, form);
        string[] texts = ["a", "bc", "def"];
        Assert.Equal(texts, codec.DecodeAll([.. texts.SelectMany(text => codec.Encode(text, null)), 0, 0, 0, 0, 7, 7]));
        Assert.Equal(["abc"], new TextCodec(TextEncoding.UTF8, TextForm.Terminated).DecodeAll([0x61, 0x62, 0x63]));
    }

    [Fact]
    public void Padded_text_that_does_not_fit_its_range_is_an_error() =>
        Assert.Equal(WinMmfErrorId.OutOfBounds, ErrorOf(() => new TextCodec(TextEncoding.UTF8, TextForm.Padded).Encode("abc", 2)));

    private static WinMmfErrorId ErrorOf(System.Func<object> action) => Assert.Throws<WinMmfException>(action).ErrorId;
}
