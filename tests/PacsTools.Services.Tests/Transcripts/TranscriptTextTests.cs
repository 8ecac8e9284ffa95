using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Network;
using PacsTools.Dicom.Pdus;
using PacsTools.Services.Transcripts;
using PacsTools.TestKit.Processes;

namespace PacsTools.Services.Tests.Transcripts;

/// <summary>What peers say is quoted in transcripts so that it can neither forge a line nor reach a terminal, and is redacted for all who write to a file if it is for one.</summary>
public sealed class TranscriptTextTests
{
    private const string Forged = "a\n2024-01-01 #1 \u001B[2J";
    private static readonly AcceptedContext s_context = new(1, DicomUids.StudyRootFind, DicomUids.ImplicitVRLittleEndian, 0, true, false);

    [Fact]
    public void Command_sets_are_one_line()
    {
        var command = (new CFindResponse(1, 0xC000) { ErrorComment = Forged }).ToCommandSet();

        Assert.DoesNotContain(CommandText.Describe(s_context, command), char.IsControl);
    }

    [Fact]
    public void Acceptances_hold_no_control_character_but_the_ends_of_their_lines()
    {
        var acceptance = new AAssociateAc
        {
            PresentationContexts = [],
            UserInformation = new UserInformation { ImplementationClassUID = "1.2", ImplementationVersionName = Forged },
        };

        Assert.Single(PduText.Describe(acceptance), '\n');
        Assert.DoesNotContain('\u001B', PduText.Describe(acceptance));
    }

    [Fact]
    public void Values_are_one_line_each()
    {
        var dataset = new DicomDataset();
        // As bytes: as text it would not be written.
        dataset.SetBytes(DicomTags.StudyDescription, DicomVR.LT, "one\r\ntwo\u001B!"u8.ToArray());

        var text = DatasetText.Describe(s_context, DatasetWriter.Write(dataset, TransferSyntax.ImplicitVRLittleEndian), withPatientValues: true);

        Assert.Single(text, '\n');
        Assert.Contains("one??two", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_wants_patients_values_redacted_has_them_redacted_in_a_file_of_others_too()
    {
        using var folder = new TemporaryFolder("transcript");
        using var open = ProtocolTranscript.Start(folder["t.txt"], withPatientValues: true);
        Assert.True(open.WithPatientValues);

        using var joined = ProtocolTranscript.Start(folder["t.txt"], withPatientValues: false);

        Assert.False(joined.WithPatientValues);
    }
}
