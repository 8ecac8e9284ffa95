namespace PacsTools.TestKit.Peers;

/// <summary>An item of a worklist with its scheduled procedure step; wlmscpfs passes over items with several.</summary>
public sealed record WorklistEntry(string PatientName, string PatientID, string AccessionNumber, WorklistStep Step)
{
    /// <summary>The number part of the Study Instance UID: 2.25.1000 and so on.</summary>
    public int Number { get; init; } = 1000;

    public string StudyInstanceUID => $"2.25.{Number}";

    /// <summary>As dump2dcm reads it.</summary>
    public string ToDump() => $"""
        (0008,0005) CS [ISO_IR 192]
        (0008,0050) SH [{AccessionNumber}]
        (0008,0090) PN [REFERRER^ANNE]
        (0010,0010) PN [{PatientName}]
        (0010,0020) LO [{PatientID}]
        (0010,0030) DA [19700131]
        (0010,0040) CS [O]
        (0020,000d) UI [{StudyInstanceUID}]
        (0032,1032) PN [REQUESTER^RUTH]
        (0032,1060) LO [Procedure {Number}]
        (0040,0100) SQ
        {Step.ToDump()}
        (fffe,e0dd) -
        (0040,1001) SH [RP{Number}]
        (0040,1003) SH [HIGH]

        """;
}

/// <summary>A scheduled procedure step.</summary>
public sealed record WorklistStep(string ID, string Modality, string Station, string Date, string Time = "101500")
{
    public string ToDump() => $"""
        (fffe,e000) -
        (0008,0060) CS [{Modality}]
        (0040,0001) AE [{Station}]
        (0040,0002) DA [{Date}]
        (0040,0003) TM [{Time}]
        (0040,0006) PN [PERFORMER^PAUL]
        (0040,0007) LO [Step {ID}]
        (0040,0009) SH [{ID}]
        (0040,0010) SH [NAME-{Station}]
        (0040,0011) SH [ROOM 1]
        (fffe,e00d) -
        """;
}
