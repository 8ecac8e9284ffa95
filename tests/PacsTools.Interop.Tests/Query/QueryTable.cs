namespace PacsTools.Interop.Tests.Query;

/// <summary>Queries by level, kind of key and kind of matching (PS3.4 C.2.2.2). "nothing" means that no archive may find anything.</summary>
internal static class QueryTable
{
    public static readonly string[] Rows =
    [
        // PATIENT: universal, single value, wildcards, ranges, several keys.
        "PATIENT ", "PATIENT PatientID=P1", "PATIENT PatientID=P*", "PATIENT PatientID=?1", "PATIENT PatientID=*2", "PATIENT PatientID=", "PATIENT PatientID=*",
        "PATIENT PatientName=DOE^JANE", "PATIENT PatientName=DOE*", "PATIENT PatientName=*JOHN", "PATIENT PatientName=S?ITH*", "PATIENT PatientSex=F",
        "PATIENT PatientSex=M|PatientName=DOE*", "PATIENT PatientBirthDate=19750101", "PATIENT PatientBirthDate=19700101-19791231",
        "PATIENT PatientBirthDate=-19801231", "PATIENT PatientBirthDate=19800101-", "PATIENT PatientID=P1|PatientName=DOE*", "PATIENT PatientID=NOBODY nothing",
        "PATIENT PatientName=NOBODY* nothing",

        // STUDY.
        "STUDY ", "STUDY StudyInstanceUID=#0", "STUDY StudyInstanceUID=#0\\#2\\#5", "STUDY StudyInstanceUID=1.2.3.4 nothing", "STUDY StudyInstanceUID=1.2.3.4\\#1",
        "STUDY PatientID=P0", "STUDY PatientID=P?", "STUDY PatientID=*", "STUDY PatientName=DOE^JOHN", "STUDY PatientName=DOE*", "STUDY PatientName=*^JO*",
        "STUDY PatientName=?OE^JANE", "STUDY StudyDate=20240115", "STUDY StudyDate=20240115-20240116", "STUDY StudyDate=20240116-20240116", "STUDY StudyDate=-20231231",
        "STUDY StudyDate=20240101-", "STUDY StudyDate=19990101 nothing", "STUDY StudyTime=101500", "STUDY StudyTime=100000-120000", "STUDY StudyTime=120000-",
        "STUDY StudyTime=-120000", "STUDY AccessionNumber=A3", "STUDY AccessionNumber=A*", "STUDY AccessionNumber=?4", "STUDY AccessionNumber=X* nothing",
        "STUDY StudyID=S2", "STUDY StudyID=S?", "STUDY StudyDescription=HEAD", "STUDY StudyDescription=CHEST*", "STUDY PatientSex=F",
        "STUDY PatientBirthDate=19750101", "STUDY ReferringPhysicianName=REF*", "STUDY PatientID=P1|StudyDate=20240101-", "STUDY PatientID=P1|AccessionNumber=A4",
        "STUDY StudyInstanceUID=#1|PatientID=P1", "STUDY StudyInstanceUID=#1|PatientID=P0 nothing", "STUDY StudyDate=20240115|StudyTime=143000",
        "STUDY PatientName=DOE*|StudyDescription=CHEST*",

        // SERIES of a study.
        "SERIES StudyInstanceUID=#0", "SERIES StudyInstanceUID=#0|SeriesInstanceUID=#0.1", "SERIES StudyInstanceUID=#0|SeriesInstanceUID=#0.0\\#0.1",
        "SERIES StudyInstanceUID=#0|SeriesInstanceUID=#1.0 nothing", "SERIES StudyInstanceUID=#0|Modality=CT", "SERIES StudyInstanceUID=#1|Modality=MR",
        "SERIES StudyInstanceUID=#1|Modality=US nothing", "SERIES StudyInstanceUID=#2|SeriesNumber=1", "SERIES StudyInstanceUID=#2|SeriesNumber=9 nothing",
        "SERIES StudyInstanceUID=#3|SeriesNumber=", "SERIES StudyInstanceUID=#3|Modality=M?", "SERIES StudyInstanceUID=#4|Modality=*",
        "SERIES StudyInstanceUID=#4|Modality=CT|SeriesNumber=2", "SERIES StudyInstanceUID=1.2.3.4 nothing",

        // IMAGE of a series.
        "IMAGE StudyInstanceUID=#0|SeriesInstanceUID=#0.0", "IMAGE StudyInstanceUID=#0|SeriesInstanceUID=#0.1|SOPInstanceUID=#0.1.0",
        "IMAGE StudyInstanceUID=#0|SeriesInstanceUID=#0.1|SOPInstanceUID=#0.1.0\\#0.1.1", "IMAGE StudyInstanceUID=#0|SeriesInstanceUID=#0.0|InstanceNumber=2",
        "IMAGE StudyInstanceUID=#0|SeriesInstanceUID=#0.0|InstanceNumber=7 nothing", "IMAGE StudyInstanceUID=#1|SeriesInstanceUID=#1.0|SOPInstanceUID=#0.1.0 nothing",
        "IMAGE StudyInstanceUID=#5|SeriesInstanceUID=#5.1|InstanceNumber=", "IMAGE StudyInstanceUID=#5|SeriesInstanceUID=1.2.3.4 nothing",
    ];

    /// <summary>Where we give other results than findscu on purpose, by archive and row, with the reason.</summary>
    public static readonly IReadOnlyDictionary<(string Archive, string Row), string> Exceptions = new Dictionary<(string, string), string>();

    /// <summary>Rows whose key an archive does not match, so that it finds what it should not; both clients get the same of it.</summary>
    public static readonly IReadOnlySet<(string Archive, string Row)> NotMatched = new HashSet<(string, string)>();
}
