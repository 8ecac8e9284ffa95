using System.IO.Compression;
using System.Text;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Files;
using PacsTools.Dicom.Json;
using PacsTools.Dicom.Network;
using PacsTools.Dicom.Pdus;
using PacsTools.Fuzz.Targets;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Fuzz.Tests;

/// <summary>What became of the faults that fuzzing found in the engine: not only no crash, but the right outcome.</summary>
public sealed class MendedDataTests
{
    private static readonly byte[] s_patientId = [0x10, 0, 0x20, 0, (byte)'L', (byte)'O', 4, 0, (byte)'1', (byte)'2', (byte)'3', (byte)'4'];

    [Fact]
    public void A_scanner_is_finished_where_deflated_data_has_ended_whatever_still_comes()
    {
        var scanner = new HeaderScanner(TransferSyntax.DeflatedExplicitVRLittleEndian, [DicomTags.PatientID, DicomTags.Rows]);
        Assert.False(scanner.Advance(Deflate(s_patientId)));

        // More than whoever inflates takes in advance.
        int packets = 0;
        while (!scanner.Advance(new byte[1000])) Assert.True(++packets < 20, "bytes behind the end are kept");

        Assert.False(scanner.Failed);
        Assert.Equal("1234", scanner.GetString(DicomTags.PatientID));
    }

    [Fact]
    public void A_scanner_takes_no_more_than_its_bound_of_blocks_that_inflate_to_nothing()
    {
        var scanner = new HeaderScanner(TransferSyntax.DeflatedExplicitVRLittleEndian, [DicomTags.PatientID]);
        byte[] empty = [.. Enumerable.Repeat(new byte[] { 0, 0, 0, 0xFF, 0xFF }, 1000).SelectMany(block => block)];
        int taken = 0;

        while (taken < 2 * HeaderScanner.MaxBytes && !scanner.Advance(empty)) taken += empty.Length;

        Assert.InRange(taken, HeaderScanner.MaxBytes - (2 * empty.Length), HeaderScanner.MaxBytes);
    }

    [Fact]
    public void An_element_of_the_group_of_items_is_none()
    {
        byte[] bytes = [.. s_patientId, 0xFE, 0xFF, 0x03, 0x00, 0, 0, 0, 0];

        var error = Assert.Throws<DicomDataException>(() => DatasetReader.Read(bytes, TransferSyntax.ExplicitVRLittleEndian));
        Assert.Equal(s_patientId.Length, error.Offset);
        Assert.Equal("1234", Assert.Single(DatasetReader.Read(bytes, TransferSyntax.ExplicitVRLittleEndian, new DatasetReadOptions { Lenient = true })).Owner!.GetString(DicomTags.PatientID));
        Assert.Throws<DicomDataException>(() => DicomJsonReader.Read("""{"FFFE0003":{"vr":"LO"}}"""u8));
    }

    [Fact]
    public void A_name_of_delimiters_alone_has_no_value_in_JSON()
    {
        var dataset = new DicomDataset();
        dataset.SetString(DicomTags.PatientName, "^=^");

        Assert.Equal("""{"00100010":{"vr":"PN"}}""", Encoding.UTF8.GetString(DicomJsonWriter.Write(dataset)));
    }

    [Theory]
    [InlineData("", DicomVR.SQ)]
    [InlineData("AAEC", DicomVR.UN)]
    public void Bytes_of_a_sequence_in_JSON_are_an_empty_one_or_unknown(string base64, DicomVR vr)
    {
        DicomElement element = DicomJsonReader.Read(Encoding.ASCII.GetBytes($$$"""{"00081115":{"vr":"SQ","InlineBinary":"{{{base64}}}"}}"""))[new DicomTag(0x0008, 0x1115)]!;

        Assert.Equal(vr, element.VR);
        Assert.Equal(vr == DicomVR.SQ, element.Items is not null);
    }

    [Theory]
    [InlineData(-100)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_group_length_that_leads_out_of_the_file_is_not_followed(long length)
    {
        using var file = new InputFile("input.dcm");
        byte[] meta =
        [
            .. new byte[128], .. "DICM"u8, 2, 0, 0, 0, (byte)'S', (byte)'V', 0, 0, 8, 0, 0, 0, .. BitConverter.GetBytes(length),
            2, 0, 0x10, 0, (byte)'U', (byte)'I', 22, 0, .. "1.2.840.10008.1.2.1.99"u8,
        ];
        file.Write([.. meta, .. Deflate(s_patientId)]);

        DicomFile read = DicomFile.Open(file.FilePath);

        Assert.Equal((meta.Length, "1234"), ((int)read.DatasetOffset, read.Dataset.GetString(DicomTags.PatientID)));
    }

    [Fact]
    public void What_is_no_UID_is_refused_and_does_not_come_back()
    {
        var asked = new RawAssociate { Contexts = [new RawContext(1, "1.2.840.10008.1.1", ["1.2"]), new RawContext(3, "1.2.840.10008.1.1", ["1.2.840.10008.1.2"])] };
        byte[] request = asked.ToRequest().ToBytes();
        request[request.AsSpan().IndexOf((byte[])[0x40, 0, 0, 3, (byte)'1', (byte)'.', (byte)'2']) + 4] = 0xFF;
        Assert.True(PduReader.TryRead(request, PduLimits.Default, out Pdu? pdu, out _));
        var rq = Assert.IsType<AAssociateRq>(pdu);

        AAssociateAc answer = ContextNegotiation.BuildAnswer(rq, AcceptDecision.Accept([new ContextAnswer(1, 4, ""), new ContextAnswer(3, 0, "1.2.840.10008.1.2")]), 16384);

        Assert.Equal([(4, "1.2.840.10008.1.2"), (0, "1.2.840.10008.1.2")], answer.PresentationContexts.Select(c => ((int)c.Result, c.TransferSyntax)));
        Assert.NotEmpty(PduWriter.Write(answer));
    }

    private static byte[] Deflate(byte[] plain)
    {
        using var deflated = new MemoryStream();
        using (var deflating = new DeflateStream(deflated, CompressionLevel.Optimal, leaveOpen: true)) deflating.Write(plain);
        return deflated.ToArray();
    }
}
