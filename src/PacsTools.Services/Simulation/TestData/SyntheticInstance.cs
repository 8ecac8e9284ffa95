using PacsTools.Dicom.Data;

namespace PacsTools.Services.Simulation.TestData;

/// <summary>One instance being made: whose it is, where in the study it stands, and its data set so far.</summary>
internal sealed record SyntheticInstance(SyntheticStudyOptions Options, SyntheticHeader Header, int SeriesNumber, int InstanceNumber)
{
    public DicomDataset Dataset { get; } = new();

    public string SeriesInstanceUID => SeededNumbers.Uid("series", Header.StudyInstanceUID, SeriesNumber);

    public string SOPInstanceUID => SeededNumbers.Uid("instance", Header.StudyInstanceUID, SeriesNumber, InstanceNumber);

    public Phantom Phantom => new(Options.Seed + (SeriesNumber * 31));

    public void Set(DicomTag tag, params string[] values) => Dataset.SetString(tag, values);

    public void SetNumber(DicomTag tag, int value) => Dataset.SetInt32(tag, value);

    public void SetDecimal(DicomTag tag, params double[] values) => Dataset.SetDouble(tag, values);

    public void SetEmpty(DicomTag tag) => Dataset.SetEmpty(tag);

    /// <summary>A sequence of one code (PS3.3 8.8).</summary>
    public void SetCode(DicomTag tag, string value, string scheme, string meaning) => Dataset.SetItems(tag, Code(value, scheme, meaning));

    public static DicomDataset Code(string value, string scheme, string meaning)
    {
        var code = new DicomDataset();
        code.SetString(DicomTags.CodeValue, value);
        code.SetString(DicomTags.CodingSchemeDesignator, scheme);
        code.SetString(DicomTags.CodeMeaning, meaning);
        return code;
    }
}
