using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Dicom.Tests.Pdus;

public class PduReaderTests
{
    public static TheoryData<string> VectorNames => new(AllVectors.Keys);

    private static readonly Dictionary<string, byte[]> AllVectors = new()
    {
        ["A-ASSOCIATE-RQ"] = Vectors.AssociateRq,
        ["A-ASSOCIATE-AC"] = Vectors.AssociateAc,
        ["A-ASSOCIATE-RJ"] = Vectors.AssociateRj,
        ["P-DATA-TF"] = Vectors.PData,
        ["A-RELEASE-RQ"] = Vectors.ReleaseRq,
        ["A-RELEASE-RP"] = Vectors.ReleaseRp,
        ["A-ABORT"] = Vectors.Abort,
        ["user information"] = Wire.Associate(1, Vectors.UserInformationItem),
    };

    [Theory]
    [MemberData(nameof(VectorNames))]
    public void Every_beginning_of_a_pdu_asks_for_more(string name)
    {
        var bytes = AllVectors[name];
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(PduReader.TryRead(bytes.AsSpan(0, length), PduLimits.Default, out var pdu, out var consumed));
            Assert.Null(pdu);
            Assert.Equal(0, consumed);
        }
    }

    [Theory]
    [MemberData(nameof(VectorNames))]
    public void A_pdu_cut_short_with_a_matching_length_is_read_or_a_clean_error(string name)
    {
        var bytes = AllVectors[name];
        var errors = 0;
        for (var body = 0; body < bytes.Length - 6; body++)
        {
            var cut = Wire.Pdu(bytes[0], bytes[6..(6 + body)]);
            try
            {
                Assert.True(PduReader.TryRead(cut, PduLimits.Default, out _, out var consumed));
                Assert.Equal(cut.Length, consumed);
            }
            catch (DicomProtocolException error)
            {
                errors++;
                Assert.NotEmpty(error.Field);
                Assert.InRange(error.Offset, 0, cut.Length);
            }
        }

        Assert.True(errors > 0);
    }

    [Theory]
    [MemberData(nameof(VectorNames))]
    public void What_follows_a_pdu_is_left_alone(string name)
    {
        var bytes = AllVectors[name];

        Assert.True(PduReader.TryRead([.. bytes, 4, 0, 0xFF], PduLimits.Default, out _, out var consumed));

        Assert.Equal(bytes.Length, consumed);
    }

    [Theory]
    [InlineData(1, 1048577, "A-ASSOCIATE-RQ")]
    [InlineData(2, uint.MaxValue, "A-ASSOCIATE-AC")]
    [InlineData(4, 262145, "P-DATA-TF")]
    [InlineData(4, uint.MaxValue, "P-DATA-TF")]
    [InlineData(3, 5, "A-ASSOCIATE-RJ")]
    [InlineData(5, 0x7FFFFFFF, "A-RELEASE-RQ")]
    [InlineData(7, 3, "A-ABORT")]
    [InlineData(1, 67, "A-ASSOCIATE-RQ")]
    [InlineData(4, 5, "P-DATA-TF")]
    public void A_length_over_the_limit_is_an_error_by_the_header_alone(byte type, uint length, string name)
    {
        byte[] header = [type, 0, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length];

        var error = Assert.Throws<DicomProtocolException>(() => PduReader.TryRead(header, PduLimits.Default, out _, out _));

        Assert.Equal(("PDU-length", 2L), (error.Field, error.Offset));
        Assert.StartsWith(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lengths_up_to_the_limit_are_waited_for()
    {
        Assert.False(PduReader.TryRead([1, 0, 0, 0x10, 0, 0], PduLimits.Default, out _, out _));
        Assert.False(PduReader.TryRead([4, 0, 0, 4, 0, 0], PduLimits.Default, out _, out _));
        Assert.False(PduReader.TryRead([4, 0, 0, 0, 0x40, 0], PduLimits.ForAnnounced(16384), out _, out _));
        Assert.Throws<DicomProtocolException>(() => PduReader.TryRead([4, 0, 0, 0, 0x40, 1], PduLimits.ForAnnounced(16384), out _, out _));
    }

    [Fact]
    public void Having_announced_no_maximum_we_still_refuse_what_no_buffer_holds()
    {
        var limits = PduLimits.ForAnnounced(0);

        Assert.False(PduReader.TryRead([4, 0, 0x7F, 0, 0, 0], limits, out _, out _));
        Assert.Throws<DicomProtocolException>(() => PduReader.TryRead([4, 0, 0x80, 0, 0, 0], limits, out _, out _));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n", "HTTP")]
    [InlineData("POST /dicom-web", "HTTP")]
    [InlineData("HTTP/1.1 400 Bad Request", "HTTP")]
    [InlineData("OPTIONS * HTTP/1.1", "HTTP")]
    [InlineData("PRI * HTTP/2.0", "HTTP")]
    [InlineData("\u0016\u0003\u0001\u0002\0\u0001", "speaks TLS")]
    [InlineData("\u0015\u0003\u0003\0\u0002\u0002\u0028", "TLS alert")]
    [InlineData("SSH-2.0-OpenSSH", "SSH")]
    [InlineData("\u0008\0\0\0\0\0", "unknown type 08H")]
    [InlineData("\0\0\0\0\0\0", "unknown type 00H")]
    public void Peers_that_do_not_speak_dicom_are_named(string start, string words)
    {
        var error = Assert.Throws<DicomProtocolException>(
            () => PduReader.TryRead(System.Text.Encoding.Latin1.GetBytes(start), PduLimits.Default, out _, out _));

        Assert.Equal("PDU-type", error.Field);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Four_bytes_are_enough_to_name_a_foreign_peer()
    {
        Assert.False(PduReader.TryReadHeader("GET"u8, out _));
        Assert.Throws<DicomProtocolException>(() => PduReader.TryReadHeader("GET "u8, out _));
    }

    [Fact]
    public void Names_are_those_of_the_standard()
    {
        Assert.Equal("A-RELEASE-RP", PduReader.Name(PduType.AReleaseRp));
        Assert.Equal("PDU 1FH", PduReader.Name((PduType)0x1F));
    }
}
