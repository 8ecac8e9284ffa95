using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Tests.Data;

public class DicomTagTests
{
    [Theory]
    [InlineData("0010,0020")]
    [InlineData("(0010,0020)")]
    [InlineData("00100020")]
    [InlineData(" 0010,0020 ")]
    [InlineData("PatientID")]
    [InlineData("patientid")]
    public void Every_form_of_a_tag_is_read(string text)
    {
        Assert.True(DicomTag.TryParse(text, out DicomTag tag));
        Assert.Equal(new DicomTag(0x0010, 0x0020), tag);
    }

    [Theory]
    [InlineData("7fe0,0010", 0x7FE00010u)]
    [InlineData("(FFFE,E000)", 0xFFFEE000u)]
    public void Digits_are_hexadecimal_in_either_case(string text, uint value) => Assert.Equal(value, DicomTag.Parse(text).Value);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("0010")]
    [InlineData("0010;0020")]
    [InlineData("0010,002")]
    [InlineData("0010,002G")]
    [InlineData("()")]
    [InlineData("+010,0020")]
    [InlineData("NoSuchKeyword")]
    public void What_is_no_tag_is_refused(string? text)
    {
        Assert.False(DicomTag.TryParse(text, out _));
        Assert.Throws<FormatException>(() => DicomTag.Parse(text!));
    }

    [Fact]
    public void It_is_written_as_the_standard_writes_it() => Assert.Equal("(0008,103E)", new DicomTag(0x0008, 0x103E).ToString());

    [Fact]
    public void Tags_are_ordered_by_group_then_element()
    {
        DicomTag[] tags = [new(0x0010, 0x0010), new(0x0008, 0xFFFF), new(0xFFFC, 0xFFFC), new(0x0008, 0x0005)];
        Array.Sort(tags);
        Assert.Equal([0x00080005u, 0x0008FFFFu, 0x00100010u, 0xFFFCFFFCu], tags.Select(tag => tag.Value));
    }

    [Theory]
    [InlineData(0x00090010u, true, true)]
    [InlineData(0x000900FFu, true, true)]
    [InlineData(0x0009000Fu, true, false)]
    [InlineData(0x00091001u, true, false)]
    [InlineData(0x00080010u, false, false)]
    public void Odd_groups_are_private_and_their_first_elements_name_the_creator(uint value, bool isPrivate, bool isCreator)
    {
        var tag = new DicomTag(value);
        Assert.Equal((isPrivate, isCreator), (tag.IsPrivate, tag.IsPrivateCreator));
    }
}
