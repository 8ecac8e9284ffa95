using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Services.Nodes;
using PacsTools.Services.Retrieve;

namespace PacsTools.Services.Tests.Retrieve;

public sealed class RetrieveIdentifierTests
{
    private static readonly RetrieveRequest Study = new() { Node = new PacsNode { HostName = "h" }, StudyInstanceUID = "1.2" };

    [Fact]
    public void An_image_level_identifier_has_every_key_above_and_the_list()
    {
        var request = Study with { Level = RetrieveLevel.Image, SeriesInstanceUIDs = ["1.2.3"], SOPInstanceUIDs = ["1.2.3.4", "1.2.3.5"] };
        RetrieveIdentifier.Check(request);
        var identifier = RetrieveIdentifier.Build(request, RetrieveScope.Of(request)[0]);
        Assert.Equal(["IMAGE", "1.2", "1.2.3", "1.2.3.4"], new[] { DicomTags.QueryRetrieveLevel, DicomTags.StudyInstanceUID, DicomTags.SeriesInstanceUID, DicomTags.SOPInstanceUID }.Select(t => identifier.GetString(t)));
        Assert.Equal(["1.2.3.4", "1.2.3.5"], identifier.GetStrings(DicomTags.SOPInstanceUID));
        Assert.Equal(4, identifier.Count);
    }

    [Fact]
    public void Patient_root_names_the_patient()
    {
        var request = Study with { Node = Study.Node with { QueryModel = QueryModel.Patient }, PatientID = "P" };
        RetrieveIdentifier.Check(request);
        Assert.Equal("P", RetrieveIdentifier.Build(request, RetrieveScope.Of(request)[0]).GetString(DicomTags.PatientID));
        // It is looked up where nobody gives it.
        RetrieveIdentifier.Check(request with { PatientID = null });
    }

    public static TheoryData<string> Incomplete => new("series", "image", "image without series", "empty in a list");

    [Theory]
    [MemberData(nameof(Incomplete))]
    public void A_level_without_its_keys_is_refused(string what) => Assert.Throws<ArgumentException>(() => RetrieveIdentifier.Check(what switch
    {
        "series" => Study with { Level = RetrieveLevel.Series },
        "image" => Study with { Level = RetrieveLevel.Image, SeriesInstanceUIDs = ["1.2.3"] },
        "image without series" => Study with { Level = RetrieveLevel.Image, SOPInstanceUIDs = ["1.2.3.4"] },
        _ => Study with { Level = RetrieveLevel.Series, SeriesInstanceUIDs = ["1.2.3", ""] },
    }));

    [Fact]
    public void Counters_are_kept_until_told_anew_and_null_is_not_zero()
    {
        var none = default(SubOperationCounts);
        Assert.Null(none.Total);
        Assert.Null(none.Delivered);
        var pending = none.With(new CMoveResponse(1, 0xFF00) { Remaining = 7, Completed = 3 });
        Assert.Equal((10, 3), (pending.Total, pending.Delivered));
        var silent = pending.With(new CMoveResponse(1, 0xFF00));
        Assert.Equal(pending, silent);
        var final = silent.With(new CMoveResponse(1, 0xB000) { Completed = 8, Failed = 1, Warning = 1 });
        Assert.Equal((10, 9, 0), (final.Total, final.Delivered, final.Remaining));
        // What a cancelled operation left undone stays expected (PS3.7 9.1.4.1.6).
        Assert.Equal(5, pending.With(new CMoveResponse(1, 0xFE00) { Remaining = 2, Completed = 3, Failed = 0, Warning = 0 }).Total);
    }
}
