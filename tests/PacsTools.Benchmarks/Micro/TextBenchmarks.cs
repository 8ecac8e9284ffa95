using BenchmarkDotNet.Attributes;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.TestKit.Data;

namespace PacsTools.Benchmarks.Micro;

/// <summary>Decoding a patient's name from bytes, in each kind of character set; reading the data set around it is in the figure.</summary>
[InProcess]
[MemoryDiagnoser]
public class TextBenchmarks
{
    private byte[] _bytes = [];

    [Params(TestCharacterSet.Ascii, TestCharacterSet.Latin1, TestCharacterSet.Utf8, TestCharacterSet.Japanese, TestCharacterSet.Gb18030)]
    public TestCharacterSet Set { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        byte[] whole = TestStudy.CreateOne(TestStudy.Tiny(1) with { CharacterSet = Set }).DataSet;
        DicomDataset all = DatasetReader.Read(whole, TransferSyntax.ExplicitVRLittleEndian);
        var few = new DicomDataset();
        if (all.GetStrings(DicomTags.SpecificCharacterSet) is { Length: > 0 } terms)
            few.SetString(DicomTags.SpecificCharacterSet, terms);
        few.SetString(DicomTags.PatientName, all.GetString(DicomTags.PatientName)!);
        _bytes = DatasetWriter.Write(few, TransferSyntax.ExplicitVRLittleEndian);
    }

    [Benchmark]
    public string? Patient_name() => DatasetReader.Read(_bytes, TransferSyntax.ExplicitVRLittleEndian).GetString(DicomTags.PatientName);
}
