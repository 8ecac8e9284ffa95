using BenchmarkDotNet.Attributes;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Pdus;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Benchmarks.Micro;

/// <summary>Reading a data set of each encoding, and PDUs.</summary>
[InProcess]
[MemoryDiagnoser]
public class ReaderBenchmarks
{
    private readonly byte[] _explicit = TestStudy.CreateOne(TestStudy.Tiny(1)).DataSet;
    private readonly byte[] _implicit = TestStudy.CreateOne(TestStudy.Tiny(1) with { ExplicitVR = false }).DataSet;
    private readonly byte[] _associate = new RawAssociate { Contexts = [.. Enumerable.Range(0, 64).Select(i => new RawContext((byte)((2 * i) + 1), TestStudy.CTImageStorage, [TestStudy.ExplicitLittleEndian, TestStudy.ImplicitLittleEndian]))] }.ToRequest().ToBytes();
    private readonly byte[] _data = RawPdu.DataValue(1, isCommand: false, isLast: true, new byte[131066]).ToBytes();

    [Benchmark]
    public DicomDataset Explicit_data_set() => DatasetReader.Read(_explicit, TransferSyntax.ExplicitVRLittleEndian);

    [Benchmark]
    public DicomDataset Implicit_data_set() => DatasetReader.Read(_implicit, TransferSyntax.ImplicitVRLittleEndian);

    [Benchmark]
    public bool A_ASSOCIATE_RQ_of_64_contexts() => PduReader.TryRead(_associate, PduLimits.Default, out _, out _);

    /// <summary>The way of received pixel data: slices of the buffer, no copy.</summary>
    [Benchmark]
    public bool P_DATA_TF_of_128_KB()
    {
        var decoder = default(PDataDecoder);
        decoder.Reset((uint)_data.Length - 6);
        return decoder.TryNext(_data.AsSpan(6), out _, out _);
    }
}
