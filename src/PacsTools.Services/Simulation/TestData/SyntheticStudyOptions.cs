using PacsTools.Dicom.Data;

namespace PacsTools.Services.Simulation.TestData;

/// <summary>What a synthetic study is to look like. What is left null is made up from the seed; the same options give the same bytes.</summary>
internal sealed record SyntheticStudyOptions
{
    public int Seed { get; init; } = 1;

    public SyntheticModality Modality { get; init; }

    public int Series { get; init; } = 1;

    /// <summary>Instances in each series.</summary>
    public int Instances { get; init; } = 1;

    public int Rows { get; init; } = 256;

    public int Columns { get; init; } = 256;

    /// <summary>Frames of an ultrasound loop.</summary>
    public int Frames { get; init; } = 8;

    public SyntheticCharacterSet CharacterSet { get; init; }

    /// <summary>A native transfer syntax.</summary>
    public TransferSyntax TransferSyntax { get; init; } = TransferSyntax.ExplicitVRLittleEndian;

    public string? PatientName { get; init; }

    public string? PatientID { get; init; }

    public DateTime? PatientBirthDate { get; init; }

    /// <summary>M, F or O.</summary>
    public string? PatientSex { get; init; }

    public string? AccessionNumber { get; init; }

    public DateTime? StudyDate { get; init; }

    public TimeSpan? StudyTime { get; init; }

    public string? StudyDescription { get; init; }

    public string? StudyID { get; init; }

    public string? ReferringPhysicianName { get; init; }

    public string? StudyInstanceUID { get; init; }
}
