using PacsTools.Dicom.Pdus;

namespace PacsTools.Dicom.Tests.Pdus;

public class PDataTests
{
    [Fact]
    public void Several_values_in_a_pdu_are_read()
    {
        Assert.True(PduReader.TryRead(Vectors.PData, PduLimits.Default, out var pdu, out _));

        var values = Assert.IsType<PDataTf>(pdu).Values;
        Assert.Equal(3, values.Count);
        Check(values[0], isCommand: true, isLast: true, 0xAA, 0xBB, 0xCC, 0xDD);
        Check(values[1], isCommand: false, isLast: false, 1, 2, 3, 4);
        Check(values[2], isCommand: false, isLast: true);

        static void Check(Pdv value, bool isCommand, bool isLast, params byte[] data)
        {
            Assert.Equal((1, isCommand, isLast), (value.ContextId, value.IsCommand, value.IsLast));
            Assert.Equal(data, value.Data.ToArray());
        }
    }

    [Fact]
    public void Several_values_in_a_pdu_are_written()
    {
        var pdu = new PDataTf(
            new Pdv(1, true, true, new byte[] { 0xAA, 0xBB, 0xCC, 0xDD }),
            new Pdv(1, false, false, new byte[] { 1, 2, 3, 4 }),
            new Pdv(1, false, true, default));

        Assert.Equal(Vectors.PData, PduWriter.Write(pdu));
    }

    [Fact]
    public void The_header_of_a_value_is_written_as_the_standard_lays_it_out()
    {
        var header = new byte[12];

        Assert.Equal(PduWriter.PDataHeaderSize, PduWriter.WritePDataHeader(header, 0x1234, 5, isCommand: false, isLast: true));

        Assert.Equal(Wire.Parse("""
            04 00 0000123A      # P-DATA-TF, the fragment and six bytes
            00001236            # item length: the fragment and two bytes
            05 02               # context 5, last fragment of the data set
            """), header);
    }

    [Fact]
    public void Reserved_bits_of_the_control_header_are_not_looked_at()
    {
        Assert.True(PduReader.TryRead(Wire.Pdu(4, Wire.Parse("00000002 01 FD")), PduLimits.Default, out var pdu, out _));

        var value = Assert.Single(((PDataTf)pdu).Values);
        Assert.Equal((true, false), (value.IsCommand, value.IsLast));
    }

    [Fact]
    public void Odd_fragments_are_read_but_never_sent()
    {
        Assert.True(PduReader.TryRead(Wire.Pdu(4, Wire.Parse("00000005 01 02 010203")), PduLimits.Default, out var pdu, out _));

        Assert.Equal([1, 2, 3], ((PDataTf)pdu).Values[0].Data.ToArray());
        Assert.Throws<ArgumentException>(() => PduWriter.Write(pdu));
        Assert.Throws<ArgumentException>(() => PduWriter.WritePDataHeader(new byte[12], 3, 1, false, true));
    }

    [Fact]
    public void Nonsense_is_never_sent()
    {
        Assert.Throws<ArgumentException>(() => PduWriter.Write(new PDataTf()));
        Assert.Throws<ArgumentException>(() => PduWriter.WritePDataHeader(new byte[12], -2, 1, false, true));
        Assert.Throws<ArgumentException>(() => PduWriter.WritePDataHeader(new byte[11], 2, 1, false, true));
    }
}
