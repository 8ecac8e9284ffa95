using PacsTools.Dicom.Data;
using PacsTools.Services.Acceptance;
using PacsTools.Services.Diagnosis;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;

namespace PacsTools.Services.Tests.Acceptance;

/// <summary>Which studies are chosen to agree on.</summary>
public class SampleSearchTests
{
    private static readonly PacsNode Node = new() { HostName = "127.0.0.1" };

    [Fact]
    public void Foreign_names_come_first_then_every_kind_then_small_ones()
    {
        DicomStudy[] candidates =
        [
            Study("1.1", "CT", 50), Study("1.2", "CT", 4), Study("1.3", "MR", 20), Study("1.4", "SR", 1), Study("1.5", "CT", 30, name: "Müller"),
            Study("1.6", "CT", 10), Study("1.7", "CT", 301), Study("1.8", "CT", 2, patient: null),
        ];

        Assert.Equal(["1.5", "1.2", "1.3", "1.4", "1.6", "1.1"], SampleSearch.InOrder(candidates).Select(s => s.StudyInstanceUID));
    }

    [Fact]
    public void Studies_of_unknown_size_are_taken_last()
    {
        DicomStudy[] candidates = [Study("1.1", "CT", null), Study("1.2", "CT", 299)];

        Assert.Equal(["1.2", "1.1"], SampleSearch.InOrder(candidates).Select(s => s.StudyInstanceUID));
    }

    [Theory]
    [InlineData(3.0, 5.0, 2000, 1000)]
    [InlineData(431.0, 250.1, 4400, 2600)]
    public void Limits_are_ten_times_what_was_measured(double association, double echo, int associationLimit, int echoLimit) =>
        Assert.Equal(new AcceptanceLimits(associationLimit, echoLimit), AcceptanceLimits.From([new EchoResult { Node = Node, AssociationTime = association, RoundtripTime = echo }, new EchoResult { Node = Node, RoundtripTime = 1 }]));

    private static DicomStudy Study(string uid, string modality, int? instances, string name = "DOE", string? patient = "P") => new()
    {
        StudyInstanceUID = uid,
        ModalitiesInStudy = [modality],
        NumberOfStudyRelatedInstances = instances,
        PatientName = name,
        PatientID = patient,
        StudyDate = new DateTime(2024, 1, 1),
        Node = Node,
        Dataset = new DicomDataset(),
    };
}
