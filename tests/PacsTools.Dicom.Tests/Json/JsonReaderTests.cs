using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Json;
using TextEncoding = System.Text.Encoding;

namespace PacsTools.Dicom.Tests.Json;

/// <summary>JSON as PS3.18 F.2 has it and as servers send it.</summary>
public class JsonReaderTests
{
    private static readonly DicomTag s_private = new(0x0009, 0x1001);

    [Theory]
    [InlineData("""{"vr":"CS","Value":["ORIGINAL",null,"AXIAL"]}""", DicomVR.CS, @"ORIGINAL\\AXIAL")]
    [InlineData("""{"Value":["P"],"vr":"lo"}""", DicomVR.LO, "P")]
    [InlineData("""{"vr":"LO","Value":"scalar"}""", DicomVR.LO, "scalar")]
    [InlineData("""{"vr":"LO","Value":[12]}""", DicomVR.LO, "12")]
    [InlineData("""{"vr":"LO","Value":["a\\b"]}""", DicomVR.LO, @"a\b")]
    [InlineData("""{"vr":"LT","Value":["a\\b"]}""", DicomVR.LT, @"a\b")]
    [InlineData("""{"vr":"IS","Value":["5",6,7.0,1e2]}""", DicomVR.IS, @"5\6\7\100")]
    [InlineData("""{"vr":"DS","Value":[1.50,"2.5",0.30000000000000004]}""", DicomVR.DS, @"1.50\2.5\0.3")]
    [InlineData("""{"vr":"DS","Value":[-123456789.123456789]}""", DicomVR.DS, "-123456789.12346")]
    [InlineData("""{"vr":"PN","Value":["DOE^JANE",{"Phonetic":"x","Alphabetic":"A"},{"Other":{"a":[1]}},null]}""", DicomVR.PN, @"DOE^JANE\A==x\\")]
    [InlineData("""{"vr":"US","Value":[1,"2"]}""", DicomVR.US, @"1\2")]
    [InlineData("""{"vr":"SV","Value":["-9223372036854775808",5]}""", DicomVR.SV, @"-9223372036854775808\5")]
    [InlineData("""{"vr":"UV","Value":[18446744073709551615]}""", DicomVR.UV, "18446744073709551615")]
    [InlineData("""{"vr":"FD","Value":["NaN","-Infinity","inf",0.1,null]}""", DicomVR.FD, @"NaN\-Infinity\Infinity\0.1\NaN")]
    [InlineData("""{"vr":"FL","Value":[1]}""", DicomVR.FL, "1")]
    [InlineData("""{"vr":"AT","Value":["0018106a","0010,0020"]}""", DicomVR.AT, @"(0018,106A)\(0010,0020)")]
    [InlineData("""{"Value":["no vr, unknown tag"]}""", DicomVR.UC, "no vr, unknown tag")]
    [InlineData("""{"vr":"??","Value":[{"Alphabetic":"A"}]}""", DicomVR.PN, "A")]
    [InlineData("""{"vr":"LO","Value":[],"extra":{"a":1}}""", DicomVR.LO, null)]
    [InlineData("""{"vr":"LO","Value":[null]}""", DicomVR.LO, null)]
    [InlineData("""{"vr":"US","Value":[null]}""", DicomVR.US, null)]
    [InlineData("""{"vr":"LO"}""", DicomVR.LO, null)]
    [InlineData("""{"vr":"LO","Value":null}""", DicomVR.LO, null)]
    public void A_value(string attribute, DicomVR vr, string? text)
    {
        DicomDataset dataset = Read($$"""{"00091001":{{attribute}}}""");
        Assert.Equal(vr, dataset[s_private]!.VR);
        Assert.Equal(text, dataset.GetText(s_private));
    }

    [Theory]
    [InlineData("""{"vr":"OB","InlineBinary":"AP8Q"}""", "00FF10")]
    [InlineData("""{"vr":"OB","InlineBinary":["AP8Q"]}""", "00FF10")]
    [InlineData("""{"InlineBinary":"AP8Q"}""", "00FF10")]
    [InlineData("""{"vr":"OW","InlineBinary":""}""", "")]
    public void Bytes(string attribute, string hex) =>
        Assert.Equal(hex, Convert.ToHexString(Read($$"""{"00091001":{{attribute}}}""")[s_private]!.Value.Span));

    [Fact]
    public void A_missing_vr_is_the_dictionarys_and_names_may_be_keywords_or_lower_case()
    {
        DicomDataset dataset = Read("""{"PatientName":{"Value":["A^B"]},"0020000d":{"Value":["1.2"]},"00280010":{"Value":["512"]},"00081110":{"Value":[{"00081155":{"Value":["1.3"]}}]},"00100020":null}""");
        Assert.Equal([DicomVR.SQ, DicomVR.PN, DicomVR.LO, DicomVR.UI, DicomVR.US], dataset.Select(e => e.VR));
        Assert.Equal(512, dataset.GetInt32(DicomTags.Rows));
        Assert.Equal("1.3", dataset.GetItems(DicomTags.ReferencedStudySequence)[0].GetString(DicomTags.ReferencedSOPInstanceUID));
    }

    [Fact]
    public void Items_may_be_null_or_alone()
    {
        DicomDataset dataset = Read("""{"00081110":{"vr":"SQ","Value":[null,{}]},"00081115":{"vr":"SQ","Value":{"00100020":{"vr":"LO","Value":["P"]}}},"00081140":{"vr":"SQ"}}""");
        Assert.Equal([2, 1, 0], dataset.Select(e => e.Items!.Count));
    }

    [Fact]
    public void Text_outside_ASCII_can_be_written_whatever_set_the_server_names()
    {
        DicomDataset dataset = Read("""{"00100010":{"vr":"PN","Value":[{"Ideographic":"山田"}]},"00081110":{"vr":"SQ","Value":[{"00080005":{"vr":"CS","Value":["ISO_IR 144"]},"00100020":{"vr":"LO","Value":["ä"]}}]},"00080005":{"vr":"CS","Value":["ISO_IR 100"]}}""");
        Assert.Equal("ISO_IR 192", dataset.GetString(DicomTags.SpecificCharacterSet));
        DicomDataset again = DatasetReader.Read(DatasetWriter.Write(dataset, TransferSyntax.ExplicitVRLittleEndian), TransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal("山田", again.GetPersonName(DicomTags.PatientName)!.Ideographic);
        Assert.Equal("ä", again.GetItems(DicomTags.ReferencedStudySequence)[0].GetString(DicomTags.PatientID));
        Assert.Equal("ISO_IR 100", Read("""{"00080005":{"vr":"CS","Value":["ISO_IR 100"]}}""").GetString(DicomTags.SpecificCharacterSet));
    }

    [Fact]
    public void Group_0002_goes_to_whoever_asks_and_group_lengths_nowhere()
    {
        const string json = """{"00020010":{"vr":"UI","Value":["1.2"]},"00080000":{"vr":"UL","Value":[4]},"00100020":{"vr":"LO","Value":["P"]}}""";
        var meta = new DicomDataset();
        Assert.Single(DicomJsonReader.Read(TextEncoding.UTF8.GetBytes(json), new DicomJsonReadOptions { FileMetaInformation = meta }));
        Assert.Equal("1.2", meta.GetString(DicomTags.TransferSyntaxUID));
        Assert.Single(Read(json));
    }

    [Fact]
    public void Bulk_data_is_told_and_not_in_the_data_set()
    {
        var bulk = new List<BulkDataReference>();
        DicomDataset dataset = DicomJsonReader.Read(
            """{"7FE00010":{"vr":"OW","BulkDataURI":"http://x/1"},"00081110":{"vr":"SQ","Value":[{},{"00091001":{"BulkDataURI":"../2"}}]}}"""u8, new DicomJsonReadOptions { BulkData = bulk });
        Assert.Equal([new("7FE00010", DicomVR.OW, "http://x/1"), new("00081110/1/00091001", DicomVR.UN, "../2")], bulk);
        Assert.Single(dataset);
    }

    [Theory]
    [InlineData("""{"00100020":{"vr":"LO","Value":[true]}}""", "(0010,0020) is LO")]
    [InlineData("""{"00100020":{"vr":"LO","Value":[{"a":1}]}}""", "(0010,0020) is LO")]
    [InlineData("""{"00100020":5}""", "(0010,0020)")]
    [InlineData("""{"00100010":{"vr":"PN","Value":[{"Alphabetic":5}]}}""", "(0010,0010)")]
    [InlineData("""{"00280010":{"vr":"US","Value":["SECRET"]}}""", "(0028,0010) is US")]
    [InlineData("""{"00280010":{"vr":"US","Value":[65536]}}""", "(0028,0010) is US")]
    [InlineData("""{"00280010":{"vr":"US","Value":[1,null]}}""", "(0028,0010) is US")]
    [InlineData("""{"00280010":{"vr":"FD","Value":[1e999]}}""", "(0028,0010) is FD")]
    [InlineData("""{"00280009":{"vr":"AT","Value":["SECRET"]}}""", "(0028,0009) is AT")]
    [InlineData("""{"7FE00010":{"vr":"OW","Value":[1,2]}}""", "(7FE0,0010) is OW")]
    [InlineData("""{"7FE00010":{"vr":"OW","InlineBinary":"%%"}}""", "(7FE0,0010)")]
    [InlineData("""{"7FE00010":{"vr":"OW","BulkDataURI":5}}""", "(7FE0,0010)")]
    [InlineData("""{"00081110":{"vr":"SQ","Value":[{},{"00081115":{"vr":"SQ","Value":["SECRET"]}}]}}""", "(0008,1110)[1](0008,1115)")]
    [InlineData("""{"NoSuchKeyword":{"vr":"LO"}}""", "'NoSuchKeyword' is no tag")]
    [InlineData("""{"00100020":{"vr":"LO","Value":["\ud800"]}}""", "(0010,0020)")]
    [InlineData("""{"\ud800":{}}""", "not UTF-8")]
    [InlineData("[]", "no data set")]
    [InlineData("5", "no data set")]
    [InlineData("{} {}", "no JSON")]
    [InlineData("""{"00100020":{"vr":"LO","Value":["P"]}""", "no JSON")]
    [InlineData("", "no JSON")]
    public void What_is_no_data_set_is_an_error_that_names_the_attribute_and_no_value(string json, string words)
    {
        var error = Assert.Throws<DicomDataException>(() => Read(json));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_is_bounded()
    {
        static string Nested(int depth) => depth == 0 ? "{}" : """{"00081110":{"vr":"SQ","Value":[""" + Nested(depth - 1) + "]}}";
        Assert.Single(Read(Nested(64)));
        Assert.Throws<DicomDataException>(() => Read(Nested(65)));
        Assert.Throws<DicomDataException>(() => Read(new string('[', 5000)));
        Assert.Throws<DicomDataException>(() => Read("""{"00100020":{"vr":"LO","x":""" + new string('[', 5000)));
    }

    [Fact]
    public void Every_truncation_is_an_error_and_nothing_else()
    {
        byte[] json = TextEncoding.UTF8.GetBytes("""{"00081110":{"vr":"SQ","Value":[{"00100010":{"vr":"PN","Value":[{"Alphabetic":"Ä"}]}}]},"00280010":{"vr":"US","Value":[1]},"7FE00010":{"vr":"OB","InlineBinary":"AP8Q"}}""");
        for (int length = 0; length < json.Length; length++) Assert.Throws<DicomDataException>(() => DicomJsonReader.Read(json.AsSpan(0, length)));
        var random = new Random(20241125);
        for (int i = 0; i < 5000; i++)
        {
            byte[] damaged = [.. json];
            for (int n = random.Next(1, 4); n > 0; n--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                DicomJsonReader.Read(damaged);
            }
            catch (DicomDataException)
            {
                // Nothing else may be thrown.
            }
        }
    }

    private static DicomDataset Read(string json) => DicomJsonReader.Read(TextEncoding.UTF8.GetBytes(json));
}
