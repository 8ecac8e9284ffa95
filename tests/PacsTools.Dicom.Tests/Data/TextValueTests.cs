using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Tests.Pdus;

namespace PacsTools.Dicom.Tests.Data;

public class TextValueTests
{
    private static readonly DicomTag Tag = new(0x0009, 0x1001);

    // PS3.5 6.2: which spaces belong to a value; NULs are padding of sloppy writers everywhere.
    [Theory]
    [InlineData(DicomVR.LO, "'  a b  '", "a b")]
    [InlineData(DicomVR.SH, "' a '", "a")]
    [InlineData(DicomVR.CS, "' CT '", "CT")]
    [InlineData(DicomVR.AE, "' ORTHANC        '", "ORTHANC")]
    [InlineData(DicomVR.DS, "' 1.50'", "1.50")]
    [InlineData(DicomVR.IS, "' 12 '", "12")]
    [InlineData(DicomVR.PN, "'DOE^JANE '", "DOE^JANE")]
    [InlineData(DicomVR.LT, "'  indented  '", "  indented")]
    [InlineData(DicomVR.ST, "'  indented  '", "  indented")]
    [InlineData(DicomVR.UT, "'  indented  '", "  indented")]
    [InlineData(DicomVR.UI, "'1.2.3' 00", "1.2.3")]
    [InlineData(DicomVR.UI, "'1.2.3 '", "1.2.3")]
    [InlineData(DicomVR.LO, "'a' 00", "a")]
    [InlineData(DicomVR.LO, "'a ' 00 00", "a")]
    public void Padding_is_trimmed_as_the_VR_has_it(DicomVR vr, string bytes, string expected) => Assert.Equal(expected, Of(vr, bytes).GetString(Tag));

    [Theory]
    [InlineData(DicomVR.LO)]
    [InlineData(DicomVR.UI)]
    [InlineData(DicomVR.DA)]
    [InlineData(DicomVR.LT)]
    public void A_value_of_padding_alone_is_empty(DicomVR vr)
    {
        DicomDataset dataset = Of(vr, "'  ' 00");
        Assert.Null(dataset.GetString(Tag));
        Assert.Empty(dataset.GetStrings(Tag));
        Assert.Null(dataset.GetText(Tag));
    }

    [Fact]
    public void Values_between_backslashes_are_trimmed_each_and_empty_ones_kept()
    {
        DicomDataset dataset = Of(DicomVR.LO, @"' a \ b\\c '");
        Assert.Equal(["a", "b", "", "c"], dataset.GetStrings(Tag));
        Assert.Equal("a", dataset.GetString(Tag));
        Assert.Equal(@"a\b\\c", dataset.GetText(Tag));
    }

    [Fact]
    public void An_empty_first_value_is_no_value() => Assert.Null(Of(DicomVR.CS, @"'\CT'").GetString(Tag));

    [Theory]
    [InlineData(DicomVR.LT)]
    [InlineData(DicomVR.ST)]
    [InlineData(DicomVR.UT)]
    [InlineData(DicomVR.UR)]
    public void A_backslash_is_text_where_there_is_one_value_only(DicomVR vr) => Assert.Equal([@"a\b"], Of(vr, @"'a\b '").GetStrings(Tag));

    [Fact]
    public void Values_are_split_after_decoding()
    {
        // GB18030: B4 5C is one character whose second byte looks like a backslash (PS3.5 J.1 has the like for GBK).
        DicomDataset dataset = Of(DicomVR.LO, @"B4 5C '\b'", "GB18030");
        Assert.Equal(["碶", "b"], dataset.GetStrings(Tag));
    }

    [Fact]
    public void Japanese_names_decode_by_their_code_extensions()
    {
        // PS3.5 H.3.1: Yamada^Tarou=山田^太郎=やまだ^たろう
        DicomDataset dataset = Of(DicomVR.PN, """
            'Yamada^Tarou='
            1B 24 42 3B 33 45 44 1B 28 42 '^' 1B 24 42 42 40 4F 3A 1B 28 42 '='
            1B 24 42 24 64 24 5E 24 40 1B 28 42 '^' 1B 24 42 24 3F 24 6D 24 26 1B 28 42
            """, @"\ISO 2022 IR 87");
        PersonName name = dataset.GetPersonName(Tag)!;
        Assert.Equal(("Yamada^Tarou", "山田^太郎", "やまだ^たろう"), (name.Alphabetic, name.Ideographic, name.Phonetic));
    }

    [Fact]
    public void Misspelt_character_sets_are_understood() => Assert.Equal("ü", Of(DicomVR.LO, "FC", "ISO-IR 100").GetString(Tag));

    [Fact]
    public void Bytes_outside_ASCII_do_not_throw_where_none_are_allowed() => Assert.Equal("Ctü", Of(DicomVR.CS, "'Ct' FC").GetString(Tag));

    [Fact]
    public void The_strings_handed_out_are_the_callers_own()
    {
        DicomDataset dataset = Of(DicomVR.LO, @"'a\b'");
        dataset.GetStrings(Tag)[0] = "changed";
        Assert.Equal("a", dataset.GetString(Tag));
    }

    [Theory]
    [InlineData(DicomVR.LO, @"\ISO 2022 IR 87", "A\u001B$B;3")]
    [InlineData(DicomVR.PN, null, "DOE\u001B(J^JANE")]
    [InlineData(DicomVR.UT, "ISO_IR 192", "\u001B[2J")]
    public void An_escape_character_that_was_set_is_never_written(DicomVR vr, string? characterSet, string text)
    {
        var dataset = new DicomDataset();
        if (characterSet is not null) dataset.SetString(DicomTags.SpecificCharacterSet, characterSet.Split('\\'));
        dataset.SetString(Tag, vr, "before", text);
        DicomDataException error = Assert.Throws<DicomDataException>(() => DatasetWriter.Write(dataset, TransferSyntax.ExplicitVRLittleEndian));
        Assert.Contains("(0009,1001)", error.Message, StringComparison.Ordinal);
        Assert.Contains("escape character", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001B', error.Message);
    }

    private static DicomDataset Of(DicomVR vr, string bytes, string? characterSet = null)
    {
        var dataset = new DicomDataset();
        dataset.SetBytes(Tag, vr, Wire.Parse(bytes));
        if (characterSet is not null) dataset.SetString(DicomTags.SpecificCharacterSet, characterSet.Split('\\'));
        return dataset;
    }
}
