using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Json;
using TextEncoding = System.Text.Encoding;

namespace PacsTools.Dicom.Tests.Json;

/// <summary>What PS3.18 F.2 says of each value representation, as JSON text.</summary>
public class JsonWriterTests
{
    private static readonly DicomTag s_private = new(0x0009, 0x1001);

    [Theory]
    [InlineData(DicomVR.AE, "  SIM_PACS ", """{"vr":"AE","Value":["SIM_PACS"]}""")]
    [InlineData(DicomVR.CS, @"ORIGINAL\PRIMARY\\AXIAL", """{"vr":"CS","Value":["ORIGINAL","PRIMARY",null,"AXIAL"]}""")]
    [InlineData(DicomVR.DA, "20240229", """{"vr":"DA","Value":["20240229"]}""")]
    [InlineData(DicomVR.LT, @"one\value ""quoted""", """{"vr":"LT","Value":["one\\value \"quoted\""]}""")]
    [InlineData(DicomVR.LO, "", """{"vr":"LO"}""")]
    [InlineData(DicomVR.LO, "  ", """{"vr":"LO"}""")]
    [InlineData(DicomVR.UI, "1.2.3\0", """{"vr":"UI","Value":["1.2.3"]}""")]
    [InlineData(DicomVR.IS, @"5\-3\007\+1\1.0", """{"vr":"IS","Value":[5,-3,"007","+1","1.0"]}""")]
    [InlineData(DicomVR.DS, @"1.50\-0.5\.5\5.\1E-3\NaN\12345678901234.5", """{"vr":"DS","Value":[1.50,-0.5,".5","5.",1E-3,"NaN",12345678901234.5]}""")]
    [InlineData(DicomVR.DS, @"1\\2", """{"vr":"DS","Value":[1,null,2]}""")]
    [InlineData(DicomVR.DS, "1E999", """{"vr":"DS","Value":["1E999"]}""")]
    [InlineData(DicomVR.PN, "Yamada^Tarou=山田^太郎=やまだ^たろう", """{"vr":"PN","Value":[{"Alphabetic":"Yamada^Tarou","Ideographic":"山田^太郎","Phonetic":"やまだ^たろう"}]}""")]
    [InlineData(DicomVR.PN, @"A^B\\=X", """{"vr":"PN","Value":[{"Alphabetic":"A^B"},null,{"Ideographic":"X"}]}""")]
    [InlineData(DicomVR.PN, "==", """{"vr":"PN"}""")]
    [InlineData(DicomVR.UC, "a\tb\u0001", """{"vr":"UC","Value":["a\tb\u0001"]}""")]
    public void Text(DicomVR vr, string value, string expected)
    {
        var dataset = new DicomDataset();
        dataset.SetString(DicomTags.SpecificCharacterSet, "ISO_IR 192");
        dataset.SetBytes(s_private, vr, TextEncoding.UTF8.GetBytes(value));
        Assert.Equal($$"""{"00080005":{"vr":"CS","Value":["ISO_IR 192"]},"00091001":{{expected}}}""", Json(dataset));
    }

    [Theory]
    [InlineData(DicomVR.US, "0000FFFF", """{"vr":"US","Value":[0,65535]}""")]
    [InlineData(DicomVR.SS, "FFFF", """{"vr":"SS","Value":[-1]}""")]
    [InlineData(DicomVR.UL, "FFFFFFFF", """{"vr":"UL","Value":[4294967295]}""")]
    [InlineData(DicomVR.SL, "00000080", """{"vr":"SL","Value":[-2147483648]}""")]
    [InlineData(DicomVR.UV, "FFFFFFFFFFFFFFFF0100000000000000", """{"vr":"UV","Value":["18446744073709551615",1]}""")]
    [InlineData(DicomVR.SV, "0000000000000080FFFFFFFFFFFFFFFF", """{"vr":"SV","Value":["-9223372036854775808",-1]}""")]
    [InlineData(DicomVR.FL, "CDCCCC3D0000C07F0000807F000080FF", """{"vr":"FL","Value":[0.1,"NaN","Infinity","-Infinity"]}""")]
    [InlineData(DicomVR.FD, "9A9999999999B93F", """{"vr":"FD","Value":[0.1]}""")]
    [InlineData(DicomVR.AT, "10002000180063100000", """{"vr":"AT","Value":["00100020","00181063"]}""")]
    [InlineData(DicomVR.OB, "00FF10", """{"vr":"OB","InlineBinary":"AP8Q"}""")]
    [InlineData(DicomVR.OW, "0102", """{"vr":"OW","InlineBinary":"AQI="}""")]
    [InlineData(DicomVR.UN, "4100", """{"vr":"UN","InlineBinary":"QQA="}""")]
    [InlineData(DicomVR.OF, "", """{"vr":"OF"}""")]
    [InlineData(DicomVR.US, "01", """{"vr":"US"}""")]
    public void Binary(DicomVR vr, string hex, string expected)
    {
        var dataset = new DicomDataset();
        dataset.SetBytes(s_private, vr, Convert.FromHexString(hex));
        Assert.Equal($$"""{"00091001":{{expected}}}""", Json(dataset));
    }

    [Fact]
    public void Items_and_empty_items_and_empty_sequences()
    {
        var inner = new DicomDataset();
        inner.SetString(DicomTags.ReferencedSOPInstanceUID, "1.2");
        var dataset = new DicomDataset();
        dataset.SetItems(DicomTags.ReferencedStudySequence, inner, new DicomDataset());
        dataset.SetEmpty(DicomTags.ReferencedSeriesSequence);
        Assert.Equal("""{"00081110":{"vr":"SQ","Value":[{"00081155":{"vr":"UI","Value":["1.2"]}},{}]},"00081115":{"vr":"SQ"}}""", Json(dataset));
    }

    [Fact]
    public void Text_of_another_character_set_is_written_as_UTF8_and_the_set_named_so()
    {
        var item = new DicomDataset();
        item.SetString(DicomTags.SpecificCharacterSet, "ISO_IR 144");
        item.SetBytes(DicomTags.PatientID, DicomVR.LO, new byte[] { 0xB6 });
        var dataset = new DicomDataset();
        dataset.SetString(DicomTags.SpecificCharacterSet, "ISO_IR 100");
        dataset.SetBytes(DicomTags.PatientID, DicomVR.LO, new byte[] { 0xE4 });
        dataset.SetBytes(DicomTags.StudyDescription, DicomVR.UN, new byte[] { 0xFC });
        dataset.SetItems(DicomTags.ReferencedStudySequence, item);
        Assert.Equal(
            """{"00080005":{"vr":"CS","Value":["ISO_IR 192"]},"00081030":{"vr":"LO","Value":["ü"]},"00081110":{"vr":"SQ","Value":[{"00100020":{"vr":"LO","Value":["Ж"]}}]},"00100020":{"vr":"LO","Value":["ä"]}}""",
            Json(dataset));
    }

    [Fact]
    public void No_character_set_is_named_where_none_was()
    {
        var dataset = new DicomDataset();
        dataset.SetEmpty(DicomTags.SpecificCharacterSet);
        dataset.SetString(DicomTags.PatientID, "P1");
        Assert.Equal("""{"00080005":{"vr":"CS"},"00100020":{"vr":"LO","Value":["P1"]}}""", Json(dataset));
    }

    [Fact]
    public void Group_lengths_and_the_groups_around_a_data_set_are_left_out()
    {
        var dataset = new DicomDataset();
        dataset.SetUInt32(new DicomTag(0x0008, 0x0000), 4);
        dataset.SetString(DicomTags.TransferSyntaxUID, "1.2");
        dataset.SetString(DicomTags.PatientID, "P1");
        Assert.Equal("""{"00100020":{"vr":"LO","Value":["P1"]}}""", Json(dataset));
    }

    [Fact]
    public void Text_needs_no_character_set_and_half_a_surrogate_pair_does_not_break_it()
    {
        var dataset = new DicomDataset();
        dataset.SetString(DicomTags.PatientID, "Ж");
        Assert.Equal("""{"00100020":{"vr":"LO","Value":["Ж"]}}""", Json(dataset));
        dataset.SetString(DicomTags.PatientID, "a\ud800b");
        Assert.Equal("""{"00100020":{"vr":"LO","Value":["a""" + "\uFFFD" + """b"]}}""", Json(dataset));
    }

    [Fact]
    public void Bulk_data_gets_the_URI_of_its_place()
    {
        var item = new DicomDataset();
        item.SetBytes(s_private, DicomVR.OB, new byte[11]);
        item.SetBytes(new DicomTag(0x0009, 0x1002), DicomVR.OB, new byte[10]);
        var dataset = new DicomDataset();
        dataset.SetItems(DicomTags.ReferencedStudySequence, new DicomDataset(), item);
        dataset.Set(DicomElement.OfFragments(DicomTags.PixelData, default, new byte[4]));
        var options = new DicomJsonWriteOptions { InlineLimit = 10, BulkData = (path, _) => "bulk/" + path };
        Assert.Equal(
            """{"00081110":{"vr":"SQ","Value":[{},{"00091001":{"vr":"OB","BulkDataURI":"bulk/00081110/1/00091001"},"00091002":{"vr":"OB","InlineBinary":"AAAAAAAAAAAAAA=="}}]},"7FE00010":{"vr":"OB","BulkDataURI":"bulk/7FE00010"}}""",
            TextEncoding.UTF8.GetString(DicomJsonWriter.Write(dataset, options)));
        var without = new DicomJsonWriteOptions { InlineLimit = 10, BulkData = (_, _) => null };
        Assert.DoesNotContain("7FE00010", TextEncoding.UTF8.GetString(DicomJsonWriter.Write(dataset, without)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_inline_is_an_error_where_nothing_says_where_it_is()
    {
        var dataset = new DicomDataset();
        dataset.Set(DicomElement.OfFragments(DicomTags.PixelData, default, new byte[4]));
        var error = Assert.Throws<DicomDataException>(() => DicomJsonWriter.Write(dataset));
        Assert.Contains("(7FE0,0010)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sequences_deeper_than_the_limit_are_an_error()
    {
        DicomDataset Nested(int depth)
        {
            var dataset = new DicomDataset();
            if (depth > 0) dataset.SetItems(DicomTags.ReferencedStudySequence, Nested(depth - 1));
            return dataset;
        }

        DicomDataset read = DicomJsonReader.Read(DicomJsonWriter.Write(Nested(64)));
        Assert.Equal(DatasetWriter.Write(Nested(64), TransferSyntax.ExplicitVRLittleEndian), DatasetWriter.Write(read, TransferSyntax.ExplicitVRLittleEndian));
        Assert.Throws<DicomDataException>(() => DicomJsonWriter.Write(Nested(65)));
    }

    private static string Json(DicomDataset dataset) => TextEncoding.UTF8.GetString(DicomJsonWriter.Write(dataset));
}
