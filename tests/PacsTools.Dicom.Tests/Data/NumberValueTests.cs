using System.Globalization;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Tests.Pdus;

namespace PacsTools.Dicom.Tests.Data;

public class NumberValueTests
{
    private static readonly DicomTag Tag = new(0x0009, 0x1001);

    [Theory]
    [InlineData(DicomVR.US, "FF FF", 65535L)]
    [InlineData(DicomVR.SS, "FF FF", -1L)]
    [InlineData(DicomVR.UL, "FF FF FF FF", 4294967295L)]
    [InlineData(DicomVR.SL, "FE FF FF FF", -2L)]
    [InlineData(DicomVR.SV, "FF FF FF FF FF FF FF FF", -1L)]
    [InlineData(DicomVR.UV, "01 00 00 00 00 00 00 00", 1L)]
    [InlineData(DicomVR.UV, "FF FF FF FF FF FF FF FF", null)] // Beyond what a long holds.
    [InlineData(DicomVR.US, "FF", null)] // Half a number.
    [InlineData(DicomVR.US, "", null)]
    [InlineData(DicomVR.IS, "'12 '", 12L)]
    [InlineData(DicomVR.IS, "' +7'", 7L)]
    [InlineData(DicomVR.IS, "'1.0'", 1L)]
    [InlineData(DicomVR.IS, "'1.5'", null)]
    [InlineData(DicomVR.IS, "'12a'", null)]
    [InlineData(DicomVR.IS, "'1,000'", null)]
    [InlineData(DicomVR.IS, "'99999999999'", 99999999999L)]
    [InlineData(DicomVR.DS, "'1e2'", 100L)]
    [InlineData(DicomVR.DS, "'1e30'", null)]
    [InlineData(DicomVR.LO, "'5'", 5L)]
    [InlineData(DicomVR.FD, "00 00 00 00 00 00 08 40", 3L)]
    [InlineData(DicomVR.OB, "05 00", null)]
    public void Whole_numbers_are_read_or_null(DicomVR vr, string bytes, long? expected) => Assert.Equal(expected, Of(vr, bytes).GetInt64(Tag));

    [Theory]
    [InlineData(DicomVR.UL, "FF FF FF FF", null)]
    [InlineData(DicomVR.UL, "FF FF FF 7F", int.MaxValue)]
    [InlineData(DicomVR.IS, "'-2147483648'", int.MinValue)]
    [InlineData(DicomVR.IS, "'2147483648'", null)]
    public void A_number_beyond_32_bits_is_none_of_them(DicomVR vr, string bytes, int? expected) => Assert.Equal(expected, Of(vr, bytes).GetInt32(Tag));

    [Theory]
    [InlineData(DicomVR.DS, "'-1.25e1 '", -12.5)]
    [InlineData(DicomVR.DS, @"'0.5\0.7'", 0.5)]
    [InlineData(DicomVR.DS, "'NaN'", null)]
    [InlineData(DicomVR.DS, "'1,5'", null)]
    [InlineData(DicomVR.FL, "00 00 C0 3F", 1.5)]
    [InlineData(DicomVR.FD, "00 00 00 00 00 00 F8 3F", 1.5)]
    [InlineData(DicomVR.FD, "00 00 00 00", null)]
    [InlineData(DicomVR.US, "02 00", 2.0)]
    public void Numbers_are_read_or_null(DicomVR vr, string bytes, double? expected) => Assert.Equal(expected, Of(vr, bytes).GetDouble(Tag));

    [Fact]
    public void Numbers_are_invariant_whatever_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            var dataset = new DicomDataset();
            dataset.SetDouble(DicomTags.SliceThickness, 1.5);
            Assert.Equal("1.5", dataset.GetString(DicomTags.SliceThickness));
            Assert.Equal(1.5, dataset.GetDouble(DicomTags.SliceThickness));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Arrays_convert_and_an_incomplete_last_value_is_left_out()
    {
        DicomDataset dataset = Of(DicomVR.US, "01 00 FF FF 03");
        Assert.Equal([1, 65535], dataset.GetValues<ushort>(Tag));
        Assert.Equal([1, 65535], dataset.GetValues<int>(Tag));
        Assert.Equal([1, 255], dataset.GetValues<byte>(Tag)); // The limit of a byte.
        Assert.Equal([1.0, 65535.0], dataset.GetValues<double>(Tag));
    }

    [Fact]
    public void Streams_of_bytes_are_read_as_the_type_asked_for()
    {
        DicomDataset dataset = Of(DicomVR.OW, "01 02 03 04");
        Assert.Equal([0x0201, 0x0403], dataset.GetValues<ushort>(Tag));
        Assert.Equal([1, 2, 3, 4], dataset.GetValues<byte>(Tag));
        Assert.Equal([0x04030201u], dataset.GetValues<uint>(Tag));
    }

    [Fact]
    public void What_is_set_is_little_endian()
    {
        var dataset = new DicomDataset();
        dataset.SetUInt16(DicomTags.Rows, 0x0102);
        dataset.SetUInt32(new DicomTag(0x0009, 0x1002), 0x01020304);
        dataset.SetInt16(new DicomTag(0x0009, 0x1003), -2);
        dataset.SetInt32(new DicomTag(0x0009, 0x1004), -2);
        Assert.Equal("0201 04030201 FEFF FEFFFFFF", string.Join(' ', dataset.OrderBy(e => e.Tag.Group == 0x0028 ? 0 : 1).Select(e => Convert.ToHexString(e.Value.Span))));
    }

    [Theory]
    [InlineData(Math.PI, "3.14159265358979")]
    [InlineData(-1234567.8901234567, "-1234567.8901235")]
    [InlineData(-1.2345678901234567e-100, "-1.23456789E-100")]
    [InlineData(1e16, "1E+16")]
    [InlineData(0.1, "0.1")]
    public void Decimal_strings_fit_their_16_characters(double value, string expected)
    {
        var dataset = new DicomDataset();
        dataset.SetDouble(DicomTags.SliceThickness, value);
        Assert.Equal(expected, dataset.GetString(DicomTags.SliceThickness));
        Assert.InRange(expected.Length, 1, 16);
    }

    [Fact]
    public void Integers_go_where_the_dictionary_wants_text()
    {
        var dataset = new DicomDataset();
        dataset.SetInt32(DicomTags.InstanceNumber, 5, 6);
        Assert.Equal((DicomVR.IS, @"5\6"), (dataset[DicomTags.InstanceNumber]!.VR, dataset.GetText(DicomTags.InstanceNumber)));
    }

    [Fact]
    public void Tags_are_values_too()
    {
        var dataset = new DicomDataset();
        dataset.SetTags(DicomTags.FrameIncrementPointer, DicomTags.PatientID, DicomTags.Rows);
        Assert.Equal("1000200028001000", Convert.ToHexString(dataset[DicomTags.FrameIncrementPointer]!.Value.Span));
        Assert.Equal([DicomTags.PatientID, DicomTags.Rows], dataset.GetTags(DicomTags.FrameIncrementPointer));
        Assert.Empty(dataset.GetTags(DicomTags.PatientID));
    }

    private static DicomDataset Of(DicomVR vr, string bytes)
    {
        var dataset = new DicomDataset();
        dataset.SetBytes(Tag, vr, Wire.Parse(bytes));
        return dataset;
    }
}
