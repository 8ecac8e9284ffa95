using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Dicom.Tests.Pdus;

public class ShortPduTests
{
    [Fact]
    public void Rejection_is_read_and_written()
    {
        var rj = Assert.IsType<AAssociateRj>(Read(Vectors.AssociateRj));

        Assert.Equal((1, 1, 7), (rj.Result, rj.Source, rj.Reason));
        Assert.Equal(Vectors.AssociateRj, PduWriter.Write(AAssociateRj.CalledAENotRecognized));
    }

    [Fact]
    public void Abort_is_read_and_written()
    {
        var abort = Assert.IsType<AAbort>(Read(Vectors.Abort));

        Assert.Equal((AAbort.ServiceProvider, 6), (abort.Source, abort.Reason));
        Assert.Equal(Vectors.Abort, PduWriter.Write(AAbort.ByProvider(AbortReason.InvalidPduParameterValue)));
        Assert.Equal(Wire.Parse("07 00 00000004 00 00 00 00"), PduWriter.Write(AAbort.ByUser));
    }

    [Fact]
    public void Release_is_read_and_written()
    {
        Assert.IsType<AReleaseRq>(Read(Vectors.ReleaseRq));
        Assert.IsType<AReleaseRp>(Read(Vectors.ReleaseRp));
        Assert.Equal(Vectors.ReleaseRq, PduWriter.Write(new AReleaseRq()));
        Assert.Equal(Vectors.ReleaseRp, PduWriter.Write(new AReleaseRp()));
    }

    [Fact]
    public void Ready_made_rejections_carry_the_codes_of_the_standard()
    {
        Check(AAssociateRj.CallingAENotRecognized, 1, 1, 3);
        Check(AAssociateRj.ApplicationContextNotSupported, 1, 1, 2);
        Check(AAssociateRj.ProtocolVersionNotSupported, 1, 2, 2);
        Check(AAssociateRj.LocalLimitExceeded, 2, 3, 2);

        static void Check(AAssociateRj rj, byte result, byte source, byte reason) =>
            Assert.Equal((result, source, reason), (rj.Result, rj.Source, rj.Reason));
    }

    [Fact]
    public void Codes_outside_the_standard_are_kept()
    {
        var rj = (AAssociateRj)Read(Wire.Pdu(3, 0, 9, 8, 7));
        var abort = (AAbort)Read(Wire.Pdu(7, 0xFF, 0xFF, 1, 99));

        Assert.Equal((9, 8, 7), (rj.Result, rj.Source, rj.Reason));
        Assert.Equal((1, 99), (abort.Source, abort.Reason));
    }

    [Fact]
    public void Errors_of_the_peer_call_for_the_matching_abort_reason()
    {
        Assert.Equal(AbortReason.UnrecognizedPdu, For(() => PduReader.TryReadHeader([9, 0, 0, 0, 0, 0], out _)));
        Assert.Equal(AbortReason.InvalidPduParameterValue, For(() => Read(Wire.Pdu(5))));

        static AbortReason For(Action action) => AbortReasons.For(Assert.Throws<DicomProtocolException>(action));
    }

    private static Pdu Read(byte[] bytes)
    {
        Assert.True(PduReader.TryRead(bytes, PduLimits.Default, out var pdu, out var consumed));
        Assert.Equal(bytes.Length, consumed);
        return pdu;
    }
}
