namespace PacsTools.TestKit.Data;

/// <summary>Kinds of image the generator knows.</summary>
public enum TestModality
{
    CT,
    MR,
    US,
    SC,
}

/// <summary>Character sets the generator knows, each with a patient name that needs it.</summary>
public enum TestCharacterSet
{
    Ascii,
    Latin1,
    Utf8,
    Japanese,
    Gb18030,
}

/// <summary>What a synthetic study looks like. The same options give the same bytes.</summary>
public sealed record TestStudyOptions
{
    public int Seed { get; init; } = 1;

    public TestModality Modality { get; init; } = TestModality.CT;

    public int Series { get; init; } = 1;

    /// <summary>Instances in each series.</summary>
    public int Instances { get; init; } = 1;

    public int Rows { get; init; } = 512;

    public int Columns { get; init; } = 512;

    public TestCharacterSet CharacterSet { get; init; } = TestCharacterSet.Ascii;

    /// <summary>Null: a name that needs the character set.</summary>
    public string? PatientName { get; init; }

    public string PatientID { get; init; } = "TEST-1";

    public string PatientBirthDate { get; init; } = "19700131";

    public string PatientSex { get; init; } = "O";

    public string AccessionNumber { get; init; } = "ACC1";

    public string StudyID { get; init; } = "1";

    public string StudyDate { get; init; } = "20240115";

    public string StudyTime { get; init; } = "101500";

    public string StudyDescription { get; init; } = "Synthetic study";

    /// <summary>False: implicit VR little endian.</summary>
    public bool ExplicitVR { get; init; } = true;
}
