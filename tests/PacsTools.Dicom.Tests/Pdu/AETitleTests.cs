using PacsTools.Dicom.Pdus;

namespace PacsTools.Dicom.Tests.Pdus;

public class AETitleTests
{
    [Theory]
    [InlineData("A", "A")]
    [InlineData("RIS_CONNECTOR", "RIS_CONNECTOR")]
    [InlineData("SIXTEEN_LETTERS_", "SIXTEEN_LETTERS_")]
    [InlineData("  PADDED  ", "PADDED")]
    [InlineData("TWO WORDS", "TWO WORDS")]
    [InlineData("lower-case.7!", "lower-case.7!")]
    [InlineData("        SIXTEEN_LETTERS_        ", "SIXTEEN_LETTERS_")]
    public void Legal_titles_lose_only_their_outer_spaces(string title, string expected)
    {
        Assert.True(AETitle.IsValid(title));
        Assert.Null(AETitle.FindFault(title));
        Assert.Equal(expected, AETitle.Validate(title));
    }

    [Theory]
    [InlineData(null, "at least one character")]
    [InlineData("", "at least one character")]
    [InlineData("    ", "at least one character")]
    [InlineData("SEVENTEEN_LETTERS", "at most 16 characters, this one has 17")]
    [InlineData("A\\B", "no backslash")]
    [InlineData("A\tB", "no control character (U+0009)")]
    [InlineData("A\0", "no control character (U+0000)")]
    [InlineData("A\u007F", "no control character (U+007F)")]
    [InlineData("RÖNTGEN", "ASCII characters only (U+00D6)")]
    public void Illegal_titles_are_told_why(string? title, string words)
    {
        Assert.False(AETitle.IsValid(title));
        Assert.Contains(words, AETitle.FindFault(title), StringComparison.Ordinal);
        var error = Assert.Throws<ArgumentException>("node", () => AETitle.Validate(title, "node"));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\t', error.Message);
    }

    [Fact]
    public void On_the_wire_a_title_takes_16_bytes_padded_with_spaces()
    {
        var field = new byte[16];

        AETitle.Encode(" PACS ", field);

        Assert.Equal("PACS            "u8, field);
        Assert.Equal("PACS", AETitle.Decode(field));
        Assert.Equal("A B", AETitle.Decode(" \0A B\0 \0"u8));
        Assert.Equal(string.Empty, AETitle.Decode(new byte[16]));
    }

    [Fact]
    public void An_illegal_title_read_from_the_wire_stays_recognisable_as_such()
    {
        Assert.False(AETitle.IsValid(AETitle.Decode("EVIL\u001B[J"u8)));
        Assert.False(AETitle.IsValid(AETitle.Decode([0xC4, (byte)'E'])));
    }
}
