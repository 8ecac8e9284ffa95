using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Json;
using PacsTools.Fuzz.Grammars;
using PacsTools.Fuzz.Mutation;

namespace PacsTools.Fuzz.Targets;

/// <summary>Data sets in every transfer syntax: strictly, leniently, from memory and from streams, looked at, written again and read back.</summary>
internal sealed class DatasetTarget : FuzzTarget
{
    internal override string Name => "dataset";

    internal override IReadOnlyList<string> Rooms =>
    [
        "PacsTools.Dicom.Encoding.", "PacsTools.Dicom.Data.DicomDataset", "PacsTools.Dicom.Data.DicomElement", "PacsTools.Dicom.Data.TextCodec", "PacsTools.Dicom.Data.NumberCodec", "PacsTools.Dicom.Data.DateTimeCodec",
        "PacsTools.Dicom.Data.PersonName", "PacsTools.Dicom.Data.VRTraits", "PacsTools.Dicom.Data.ByteOrder", "PacsTools.Dicom.Data.DictionaryVR", "PacsTools.Dicom.Data.CharacterSetCache",
    ];

    internal override IReadOnlyList<byte[]> Tokens => Vocabulary.Tokens;

    internal override long AllocationAtRest => 1 << 20;

    // An empty item has 8 bytes and becomes a data set; everything is read three times, looked at and written in several syntaxes.
    internal override long AllocationPerByte => 1200;

    internal override byte[] Generate(FuzzRandom random) => SyntaxByte.Generate(random);

    internal override byte[]? MutateStructure(byte[] input, FuzzRandom random) => SyntaxByte.Mutate(input, random);

    internal override long Received(byte[] input) => SyntaxByte.Received(input);

    internal override bool IsDocumented(Exception error) => error is DicomDataException;

    internal override void Try(byte[] input)
    {
        TransferSyntax syntax = SyntaxByte.SyntaxOf(input);
        ReadOnlyMemory<byte> bytes = SyntaxByte.DataOf(input);
        DicomDataset? strict = null;
        DatasetReadOptions strictly = Options(false);
        Attempt(() => strict = DatasetReader.Read(bytes, syntax, strictly));
        DicomDataset lenient = DatasetReader.Read(bytes, syntax, Options(true));
        Compare(bytes, syntax, lenient);
        Attempt(() => DatasetReader.Read(bytes, syntax, new DatasetReadOptions { MaxInflatedBytes = SyntaxByte.MaxInflated, MaxElements = 50, DeferLongerThan = 16, MaxLoadedBytes = 200, StopBefore = new DicomTag(0x0028, 0) }));
        DatasetTouch.All(lenient);
        DicomDataset whole = strict ?? lenient;
        DatasetTouch.All(whole);
        WriteAgain(whole, strict is not null && strictly.Problems!.Count == 0, (input.Length > 0 ? input[0] : 0) >> 3);
    }

    private static DatasetReadOptions Options(bool lenient) => new() { MaxInflatedBytes = SyntaxByte.MaxInflated, Lenient = lenient, Problems = [] };

    // A stream has another way in than a buffer and must come to the same.
    private static void Compare(ReadOnlyMemory<byte> bytes, TransferSyntax syntax, DicomDataset lenient)
    {
        using var stream = new MemoryStream(bytes.ToArray());
        DicomDataset streamed = DatasetReader.Read(stream, syntax, Options(true));
        if (DatasetTouch.Difference(lenient, streamed) is { } difference) throw new BrokenPromiseException("a stream is read as a buffer is", difference);
    }

    private void WriteAgain(DicomDataset dataset, bool isSound, int choice)
    {
        TransferSyntax[] syntaxes = [TransferSyntax.ExplicitVRLittleEndian, TransferSyntax.ImplicitVRLittleEndian, TransferSyntax.ExplicitVRBigEndian, TransferSyntax.DeflatedExplicitVRLittleEndian, TransferSyntax.Get(DicomUids.JPEGBaseline8Bit)];
        TransferSyntax syntax = syntaxes[choice % syntaxes.Length];
        byte[]? written = null;
        if (Attempt(() => written = DatasetWriter.Write(dataset, syntax, new DatasetWriteOptions { UndefinedLengths = (choice & 16) != 0 })) && isSound && (syntax.IsExplicitVR || !HasOtherSequences(dataset)))
            MustRead("what is written is read", () => DatasetReader.Read(written, syntax));
        byte[]? json = null;
        if (Attempt(() => json = DicomJsonWriter.Write(dataset, new DicomJsonWriteOptions { BulkData = (path, _) => path, InlineLimit = 1000 })))
            MustRead("the JSON written is read", () => DicomJsonReader.Read(json));
        Attempt(() => DatasetWriter.Write(dataset.Clone(), syntax));
    }

    // Implicit VR cannot say that what the dictionary has as a sequence is something else here, nor that pixel data are a sequence.
    private static bool HasOtherSequences(DicomDataset dataset) => dataset.Any(element =>
        element.Items is { } items ? PixelDataTags.Contains(element.Tag) || items.Any(HasOtherSequences) : DicomDictionary.Default.TryGet(element.Tag, out DictionaryEntry? entry) && entry.VRs.Contains(DicomVR.SQ));

    private static void MustRead(string promise, Action read)
    {
        try
        {
            read();
        }
        catch (DicomDataException e)
        {
            throw new BrokenPromiseException(promise, e.Message);
        }
    }
}
