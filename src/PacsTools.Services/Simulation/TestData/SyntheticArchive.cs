using PacsTools.Dicom.Data;

namespace PacsTools.Services.Simulation.TestData;

/// <summary>The generated content of a simulator: small studies of every kind, in every character set and native transfer syntax, and a worklist for today.</summary>
internal static class SyntheticArchive
{
    private static readonly SyntheticStudyOptions[] s_studies =
    [
        Small(1, SyntheticModality.CT) with { PatientName = "DOE^JANE", PatientID = "SYN000001", Series = 2, Instances = 10 },
        Small(2, SyntheticModality.MR) with { PatientName = "DOE^JOHN", Series = 2, Instances = 6 },
        Small(3, SyntheticModality.CR) with { PatientName = "DOE^JANE", PatientID = "SYN000001", Instances = 2 },
        Small(4, SyntheticModality.US) with { Instances = 2, Frames = 4 },
        Small(5, SyntheticModality.SR) with { PatientName = "DOE^JANE", PatientID = "SYN000001" },
        Small(6, SyntheticModality.SC) with { Instances = 2 },
        Small(7, SyntheticModality.CT) with { CharacterSet = SyntheticCharacterSet.Latin1, Instances = 3 },
        Small(8, SyntheticModality.MR) with { CharacterSet = SyntheticCharacterSet.Utf8, Instances = 3 },
        Small(9, SyntheticModality.CT) with { CharacterSet = SyntheticCharacterSet.Japanese, Instances = 3 },
        Small(10, SyntheticModality.CT) with { CharacterSet = SyntheticCharacterSet.Gb18030, Instances = 3 },
        Small(11, SyntheticModality.CR) with { TransferSyntax = TransferSyntax.ImplicitVRLittleEndian },
        Small(12, SyntheticModality.MR) with { TransferSyntax = TransferSyntax.DeflatedExplicitVRLittleEndian, Instances = 2 },
    ];

    /// <summary>Writes all of it into a folder; the paths come as the files are there.</summary>
    public static IEnumerable<string> Save(string folder) => s_studies.SelectMany(study => SyntheticStudy.Save(study, folder));

    /// <summary>Examinations scheduled for a day, one a modality.</summary>
    public static IReadOnlyList<DicomDataset> Worklist(DateTime day) =>
    [
        .. new[] { SyntheticModality.CT, SyntheticModality.MR, SyntheticModality.US }.Select((modality, i) => SyntheticWorklist.Create(100 + i, modality, day.Date.AddHours(9 + i))),
    ];

    private static SyntheticStudyOptions Small(int seed, SyntheticModality modality) => new() { Seed = seed, Modality = modality, Rows = 128, Columns = 128 };
}
