using PacsTools.Dicom.Data;

namespace PacsTools.Interop.Tests.Simulation;

/// <summary>Simulator and dcmqrscp, loaded with the same studies, answer the same queries with the same sets, or differ where PS3.4 lets an SCP choose.</summary>
public sealed class SameAnswersTests(SameStudies studies) : IClassFixture<SameStudies>
{
    private const string Study = "STUDY", Patient = "PATIENT", Series = "SERIES", Image = "IMAGE";
    private const string Uid = "1.2.826.0.1.3680043.9.7307.1.";

    /// <summary>Root, level, keys. The unique key of the level is always asked for and is what is compared.</summary>
    public static TheoryData<string, string, string> SameQueries => new()
    {
        // Universal and single value matching (C.2.2.2.3, C.2.2.2.1)
        { "S", Study, "" },
        { "S", Study, "PatientName=|StudyDate=|AccessionNumber=" },
        { "S", Study, "PatientName=*" },
        { "S", Study, "PatientName=DOE^GIVEN000" },
        { "S", Study, "PatientName=DOE" },
        { "S", Study, "PatientName=NOBODY" },
        { "S", Study, "PatientID=P0007" },
        { "S", Study, "PatientID=P9999" },
        { "S", Study, "PatientID=p0007" },
        { "S", Study, "AccessionNumber=ACC0123" },
        { "S", Study, "AccessionNumber=acc0123" },
        { "S", Study, "StudyID=42" },
        { "S", Study, "StudyDescription=CT ABDOMEN" },
        { "S", Study, "StudyDescription=REPORT (FINAL)" },
        { "S", Study, "ReferringPhysicianName=HOUSE^GREGORY" },
        { "S", Study, "PatientSex=F" },
        { "S", Study, "PatientSex=O" },
        { "S", Study, "PatientBirthDate=19400101" },
        { "S", Study, "PatientName=O'NEILL^GIVEN003" },
        { "S", Study, "PatientName=VAN DER BERG*" },

        // Wild cards (C.2.2.2.4)
        { "S", Study, "PatientName=DOE*" },
        { "S", Study, "PatientName=*GIVEN00*" },
        { "S", Study, "PatientName=*9" },
        { "S", Study, "PatientName=D?E^GIVEN0?0" },
        { "S", Study, "PatientName=????" },
        { "S", Study, "PatientName=S*^*1*" },
        { "S", Study, "PatientName=**" },
        { "S", Study, "PatientID=P00*" },
        { "S", Study, "PatientID=P?00?" },
        { "S", Study, "PatientID=*5" },
        { "S", Study, "AccessionNumber=ACC01?3" },
        { "S", Study, "AccessionNumber=*" },
        { "S", Study, "AccessionNumber=A*" },
        { "S", Study, "StudyDescription=*(FINAL)" },
        { "S", Study, "StudyDescription=?? *" },
        { "S", Study, "ReferringPhysicianName=HOUSE*" },
        { "S", Study, "PatientSex=?" },

        // Ranges (C.2.2.2.5)
        { "S", Study, "StudyDate=20230301" },
        { "S", Study, "StudyDate=20230301-20230331" },
        { "S", Study, "StudyDate=20240101-" },
        { "S", Study, "StudyDate=-20230131" },
        { "S", Study, "StudyDate=20230301-20230301" },
        { "S", Study, "StudyDate=20230331-20230301" },
        { "S", Study, "StudyDate=20990101-" },
        { "S", Study, "StudyTime=0800-1200" },
        { "S", Study, "StudyTime=080000-120000" },
        { "S", Study, "StudyTime=-0100" },
        { "S", Study, "StudyTime=2300-" },
        { "S", Study, "StudyTime=000000" },
        { "S", Study, "StudyDate=20230101-20230630|StudyTime=0800-0900" },
        { "S", Study, "PatientBirthDate=19500101-19601231" },

        // Lists of UIDs (C.2.2.2.2)
        { "S", Study, $"StudyInstanceUID={Uid}7" },
        { "S", Study, $"StudyInstanceUID={Uid}7\\{Uid}70\\{Uid}400" },
        { "S", Study, $"StudyInstanceUID={Uid}7\\{Uid}7" },
        { "S", Study, "StudyInstanceUID=1.2.3.4.5" },
        { "S", Study, $"StudyInstanceUID={Uid}7\\1.2.3.4.5|PatientID=P0003" },
        { "S", Study, $"StudyInstanceUID={Uid}7|PatientID=P0004" },

        { "S", Study, "StudyDate=2023.03.01" },
        { "S", Study, "PatientWeight=70" },

        // Several keys at once
        { "S", Study, "PatientName=DOE*|StudyDate=20230101-20231231|PatientSex=F" },
        { "S", Study, "PatientID=P000?|StudyDescription=CT*" },

        // Lower levels of Study Root (C.6.2)
        { "S", Series, $"StudyInstanceUID={Uid}2" },
        { "S", Series, $"StudyInstanceUID={Uid}2|Modality=MR" },
        { "S", Series, $"StudyInstanceUID={Uid}2|Modality=CT" },
        { "S", Series, $"StudyInstanceUID={Uid}2|SeriesNumber=2" },
        { "S", Series, $"StudyInstanceUID={Uid}2|SeriesDescription=MR*" },
        { "S", Series, "StudyInstanceUID=1.2.3.4.5" },
        { "S", Image, $"StudyInstanceUID={Uid}3|SeriesInstanceUID=@3.1" },
        { "S", Image, $"StudyInstanceUID={Uid}3|SeriesInstanceUID=@3.1|InstanceNumber=2" },
        { "S", Image, $"StudyInstanceUID={Uid}4|SeriesInstanceUID=@4.2" },
        { "S", Image, $"StudyInstanceUID={Uid}3|SeriesInstanceUID=@4.2" },
        { "S", Image, $"StudyInstanceUID={Uid}3|SeriesInstanceUID=@3.1|SOPInstanceUID=1.2.3\\1.2.4" },

        // Patient Root (C.6.1)
        { "P", Patient, "" },
        { "P", Patient, "PatientName=SMITH*" },
        { "P", Patient, "PatientID=P0010" },
        { "P", Patient, "PatientBirthDate=19400101-19450101|PatientSex=M" },
        { "P", Study, "PatientID=P0010" },
        { "P", Study, "PatientID=P0010|StudyDate=20230120-20230121" },
        { "P", Series, $"PatientID=P0001|StudyInstanceUID={Uid}4" },
        { "P", Series, $"PatientID=P0002|StudyInstanceUID={Uid}4" },
        { "P", Image, $"PatientID=P0001|StudyInstanceUID={Uid}4|SeriesInstanceUID=@4.1" },

        // Refused by both
        { "S", Patient, "" },
        { "S", Series, "" },
        { "S", Image, $"StudyInstanceUID={Uid}4" },
        { "S", "FRAME", "" },
        { "P", Study, "" },
        { "P", Series, "PatientID=P0001" },
    };

    /// <summary>
    /// Where they differ: root, level, keys, what the simulator answers (a number of matches, or a status; FF01 if the matches came with that), what dcmqrscp answers, and the words of
    /// PS3.4 that leave it to the SCP.
    /// </summary>
    public static TheoryData<string, string, string, string, string, string> DifferentQueries => new()
    {
        // How names are compared
        { "S", Study, "PatientName=doe*", "84", "0", "C.2.2.2.1.1: matching of names may or may not regard case" },
        { "S", Study, "PatientName=DOE^GIVEN000^^", "2", "0", "C.2.2.2.1.1, PS3.5 6.2.1.1: trailing empty components may be left out" },

        // Which optional keys are supported, and that FF01 says so
        { "S", Study, "ModalitiesInStudy=CT", "125", "500", "C.2.2.1.3: an SCP chooses the optional keys it matches" },
        { "S", Study, "NumberOfStudyRelatedSeries=2", "250", "500", "C.2.2.1.3: an SCP chooses the optional keys it matches" },
        { "S", Study, "InstitutionName=Nowhere", "500 FF01", "500", "C.4.1.1.4: FF01 for keys that are not supported" },
        { "S", Study, "Modality=CT", "500 FF01", "500", "C.4.1.1.3.1, C.4.1.1.4: keys of lower levels are no keys of this one" },
        { "P", Patient, "StudyDate=20230101", "250 FF01", "250", "C.4.1.1.3.1, C.4.1.1.4: keys of lower levels are no keys of this one" },

        // Identifiers that the model does not allow, which an SCP may refuse or make something of
        { "S", Series, $"StudyInstanceUID={Uid}2|PatientName=NOBODY", "0", "2", "C.4.1.2.2.1: only unique keys belong above the level" },
        { "S", Series, $"StudyInstanceUID={Uid}2\\{Uid}4", "A900", "4", "C.4.1.2.2.1: a unique key above the level has a single value" },
        { "S", Series, $"StudyInstanceUID={Uid}*", "A900", "0", "C.4.1.2.2.1: a unique key above the level has a single value" },
        { "P", Study, "PatientID=P00*", "A900", "200", "C.4.1.2.2.1: a unique key above the level has a single value" },

        // Keys that their representation does not allow
        { "S", Study, "StudyDate=2023", "A900", "0", "PS3.5 6.2: no DA, so the identifier does not match the SOP class" },
        { "S", Study, "StudyDate=2023*", "A900", "0", "C.2.2.2.4: no wild cards in DA" },
        { "S", Study, "PatientID=P0001\\P0002", "4", "0", "C.2.2.2.8: several values without negotiation" },
        { "S", Series, $"StudyInstanceUID={Uid}2|SeriesNumber=02", "1", "0", "C.2.2.2.1: IS compared as number or as text" },
    };

    [Theory]
    [MemberData(nameof(SameQueries))]
    public async Task The_same_set_is_answered(string root, string level, string keys)
    {
        var (simulator, dcmqrscp) = await AskBothAsync(root, level, keys);
        Assert.Equal(IsFailure(dcmqrscp.FinalStatus), IsFailure(simulator.FinalStatus));
        DicomTag unique = UniqueKey(level);
        Assert.Equal(dcmqrscp.Values(unique), simulator.Values(unique));
        Assert.All(simulator.Statuses.SkipLast(1), s => Assert.Equal(0xFF00, s));
    }

    [Theory]
    [MemberData(nameof(DifferentQueries))]
    public async Task Where_the_standard_leaves_a_choice_both_choose_as_listed(string root, string level, string keys, string simulatorAnswer, string dcmqrscpAnswer, string clause)
    {
        var (simulator, dcmqrscp) = await AskBothAsync(root, level, keys);
        Assert.NotEmpty(clause);
        Assert.Equal((simulatorAnswer, dcmqrscpAnswer), (Describe(simulator), Describe(dcmqrscp)));
    }

    [Fact]
    public void There_are_enough_queries() => Assert.True(SameQueries.Count >= 60, $"{SameQueries.Count}");

    private async Task<(QueryAnswer Simulator, QueryAnswer Dcmqrscp)> AskBothAsync(string root, string level, string keys)
    {
        SameStudies.Loaded archives = await studies.Archives;
        string sopClass = root == "P" ? DicomUids.PatientRootFind : DicomUids.StudyRootFind;
        DicomDataset identifier = QueryClient.Identifier([.. keys.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(WithSeriesUid), $"QueryRetrieveLevel={level}"]);
        if (!identifier.Contains(UniqueKey(level)))
            identifier.SetEmpty(UniqueKey(level));
        return (archives.AskSimulator(sopClass, identifier), archives.AskDcmqrscp(sopClass, identifier));
    }

    private static string Describe(QueryAnswer answer) => IsFailure(answer.FinalStatus)
        ? $"{answer.FinalStatus:X4}"
        : $"{answer.Matches.Count}" + (answer.Statuses.Contains<ushort>(0xFF01) ? " FF01" : "");

    private static bool IsFailure(ushort status) => status != 0;

    /// <summary><c>@4.2</c> is the second series of study 4 (whose UID ends in 4, and whose number is 3).</summary>
    private static string WithSeriesUid(string key)
    {
        string[] parts = key.Split("=@");
        if (parts.Length == 1)
            return key;
        int[] numbers = [.. parts[1].Split('.').Select(int.Parse)];
        return $"{parts[0]}={PacsTools.Services.Simulation.TestData.SeededNumbers.Uid("series", Uid + numbers[0], numbers[1])}";
    }

    private static DicomTag UniqueKey(string level) => level switch
    {
        Patient => DicomTags.PatientID,
        Series => DicomTags.SeriesInstanceUID,
        Image => DicomTags.SOPInstanceUID,
        _ => DicomTags.StudyInstanceUID,
    };
}
