using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Dicom.Tests.Pdus;

public class PDataDecoderTests
{
    private static readonly byte[] Body = Wire.Parse("""
        00000007 03 00 1112131415               # five bytes of a data set: odd
        00000002 03 01                          # an empty fragment of a command
        00000006 05 02 21222324                 # the last four bytes of a data set on another context
        """);

    [Fact]
    public void Values_are_found_wherever_the_stream_is_cut()
    {
        for (var chunk = 1; chunk <= Body.Length; chunk++)
            Assert.Equal("3d1112131415 3c 5dL21222324", Decode(Body, chunk));
    }

    [Fact]
    public void Slices_tell_where_they_lie_and_what_ends_with_them()
    {
        var decoder = default(PDataDecoder);
        decoder.Reset((uint)Body.Length);

        Assert.True(decoder.TryNext(Body.AsSpan(0, 8), out var slice, out var consumed));
        Assert.Equal((6, 2, 8), (slice.Offset, slice.Length, consumed));
        Assert.Equal((false, false, true), (slice.EndOfPdv, slice.EndOfPdu, slice.IsOddFragment));
        Assert.Equal((uint)Body.Length - 8, decoder.Remaining);

        Assert.True(decoder.TryNext(Body.AsSpan(8), out slice, out consumed));
        Assert.Equal((0, 3, 3), (slice.Offset, slice.Length, consumed));
        Assert.True(slice.EndOfPdv);
        Assert.False(slice.EndsPart);

        Assert.True(decoder.TryNext(Body.AsSpan(11), out slice, out consumed));
        Assert.Equal((6, 0, 6), (slice.Offset, slice.Length, consumed));
        Assert.Equal((true, true, false), (slice.IsCommand, slice.EndOfPdv, slice.IsOddFragment));

        Assert.True(decoder.TryNext(Body.AsSpan(17), out slice, out consumed));
        Assert.Equal((5, 10), (slice.ContextId, consumed));
        Assert.True(slice.EndsPart);
        Assert.True(slice.EndOfPdu);
        Assert.Equal(0u, decoder.Remaining);
    }

    [Fact]
    public void Nothing_beyond_the_pdu_is_touched()
    {
        var decoder = default(PDataDecoder);
        decoder.Reset(8);
        byte[] bytes = [.. Wire.Parse("00000004 01 02 ABCD"), 4, 0, 0, 0, 0, 8];

        Assert.True(decoder.TryNext(bytes, out var slice, out var consumed));
        Assert.Equal((2, 8, true), (slice.Length, consumed, slice.EndOfPdu));
        Assert.False(decoder.TryNext(bytes.AsSpan(consumed), out _, out consumed));
        Assert.Equal(0, consumed);
    }

    [Fact]
    public void One_decoder_serves_pdu_after_pdu()
    {
        var decoder = default(PDataDecoder);
        for (var i = 0; i < 3; i++)
        {
            decoder.Reset(8);
            Assert.True(decoder.TryNext(Wire.Parse("00000004 01 02 ABCD"), out var slice, out _));
            Assert.True(slice.EndOfPdu);
        }
    }

    [Theory]
    [InlineData(8, "00000000 01 02", "less than its own header", 6)]
    [InlineData(8, "00000001 01 02", "less than its own header", 6)]
    [InlineData(8, "00000005 01 02", "does not fit the 4 left", 6)]
    [InlineData(8, "FFFFFFFF 01 02", "does not fit", 6)]
    [InlineData(8, "80000000 01 02", "does not fit", 6)]
    [InlineData(11, "00000002 01 02 00000001", "too few", 12)]
    [InlineData(12, "00000002 01 02 00000003 01 02", "does not fit the 2 left", 12)]
    public void Impossible_lengths_are_errors(uint pduLength, string body, string words, long offset)
    {
        var error = Assert.Throws<DicomProtocolException>(() =>
        {
            var decoder = default(PDataDecoder);
            decoder.Reset(pduLength);
            var bytes = Wire.Parse(body);
            for (var at = 0; decoder.TryNext(bytes.AsSpan(at), out _, out var consumed);)
                at += consumed;
        });

        Assert.Equal(("Item-length", offset), (error.Field, error.Offset));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pdu_too_short_for_a_value_is_an_error()
    {
        Assert.Throws<DicomProtocolException>(() => default(PDataDecoder).Reset(5));
    }

    [Fact]
    public void Decoding_allocates_nothing()
    {
        Decoded(1);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Decoded(1000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Decoded(int times)
        {
            var decoder = default(PDataDecoder);
            for (var i = 0; i < times; i++)
            {
                decoder.Reset((uint)Body.Length);
                ReadOnlySpan<byte> rest = Body;
                while (decoder.TryNext(rest, out _, out var consumed))
                    rest = rest[consumed..];
            }
        }
    }

    // Feeds the body in chunks, keeping what was not consumed, as a receive buffer does.
    private static string Decode(byte[] body, int chunk)
    {
        var decoder = default(PDataDecoder);
        decoder.Reset((uint)body.Length);
        var text = string.Empty;
        var start = 0;
        for (var end = Math.Min(chunk, body.Length); decoder.Remaining > 0; end = Math.Min(end + chunk, body.Length))
        {
            while (decoder.TryNext(body.AsSpan(start, end - start), out var slice, out var consumed))
            {
                if (text.Length == 0 || text[^1] == ' ')
                    text += $"{slice.ContextId}{(slice.IsCommand ? 'c' : 'd')}{(slice.IsLast ? "L" : "")}";
                text += Convert.ToHexString(body, start + slice.Offset, slice.Length);
                text += slice.EndOfPdv && !slice.EndOfPdu ? " " : "";
                start += consumed;
            }

            Assert.InRange(end - start, 0, 6);
        }

        return text;
    }
}
