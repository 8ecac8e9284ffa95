using System.Reflection;
using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;

namespace PacsTools.Services.Tests.Query;

public sealed class StudyAttributesTests
{
    private static readonly PacsNode Node = PacsNode.Parse("PACS@host:104");

    private static DicomStudy Study(Action<DicomDataset> fill)
    {
        var dataset = new DicomDataset();
        fill(dataset);
        return StudyAttributes.ToStudy(dataset, Node, ["X"]);
    }

    [Fact]
    public void The_properties_are_the_contract()
    {
        string[] contract =
        [
            "PatientName", "PatientID", "PatientBirthDate", "PatientSex", "StudyDate", "StudyTime", "AccessionNumber", "StudyID", "StudyDescription", "ModalitiesInStudy",
            "ReferringPhysicianName", "NumberOfStudyRelatedSeries", "NumberOfStudyRelatedInstances", "StudyInstanceUID", "InstanceAvailability", "RetrieveAETitle", "Node",
            "Dataset", "UnsupportedKeys",
        ];
        Assert.Equal(contract, typeof(DicomStudy).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => p.Name));
    }

    [Fact]
    public void A_response_becomes_typed_values()
    {
        var study = Study(d =>
        {
            d.SetString(DicomTags.PatientName, "DOE^JANE");
            d.SetString(DicomTags.PatientBirthDate, "19700102");
            d.SetString(DicomTags.StudyDate, "20240229");
            d.SetString(DicomTags.StudyTime, "143005.25");
            d.SetString(DicomTags.ModalitiesInStudy, "CT", "SR");
            d.SetString(DicomTags.NumberOfStudyRelatedInstances, "1000");
            d.SetString(DicomTags.NumberOfStudyRelatedSeries, " 3 ");
            d.SetString(DicomTags.StudyInstanceUID, "1.2.3");
            d.SetString(DicomTags.RetrieveAETitle, "PACS");
        });
        Assert.Equal("DOE^JANE", study.PatientName);
        Assert.Equal(new DateTime(1970, 1, 2), study.PatientBirthDate);
        Assert.Equal(new DateTime(2024, 2, 29), study.StudyDate);
        Assert.Equal(new TimeSpan(0, 14, 30, 5, 250), study.StudyTime);
        Assert.Equal(["CT", "SR"], study.ModalitiesInStudy);
        Assert.Equal((3, 1000), (study.NumberOfStudyRelatedSeries, study.NumberOfStudyRelatedInstances));
        Assert.Equal(["PACS"], study.RetrieveAETitle);
        Assert.Equal("1.2.3", study.ToString());
        Assert.Null(study.AccessionNumber);
        Assert.Equal((Node, "X"), (study.Node, Assert.Single(study.UnsupportedKeys)));
    }

    [Fact]
    public void Illegal_values_are_null_and_stay_in_the_data_set()
    {
        var study = Study(d =>
        {
            d.SetString(DicomTags.StudyDate, "2024-13-45");
            d.SetString(DicomTags.StudyTime, "noon");
            d.SetString(DicomTags.NumberOfStudyRelatedInstances, "many");
            d.SetString(DicomTags.NumberOfStudyRelatedSeries, "-1");
            d.SetString(DicomTags.ModalitiesInStudy, "CT", "", "SR");
        });
        Assert.Null(study.StudyDate);
        Assert.Null(study.StudyTime);
        Assert.Null(study.NumberOfStudyRelatedInstances);
        Assert.Null(study.NumberOfStudyRelatedSeries);
        Assert.Equal(["CT", "SR"], study.ModalitiesInStudy);
        Assert.Equal("2024-13-45", study.Dataset.GetString(DicomTags.StudyDate));
        Assert.Equal("many", study.Dataset.GetString(DicomTags.NumberOfStudyRelatedInstances));
        Assert.Equal("(no StudyInstanceUID)", study.ToString());
    }
}
