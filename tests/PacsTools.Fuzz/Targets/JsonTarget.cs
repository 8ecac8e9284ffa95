using System.Text;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Json;
using PacsTools.Fuzz.Grammars;
using PacsTools.Fuzz.Mutation;

namespace PacsTools.Fuzz.Targets;

/// <summary>DICOM JSON: as one data set, as an array from a stream in pieces, written again and read back.</summary>
internal sealed class JsonTarget : FuzzTarget
{
    internal override string Name => "json";

    internal override IReadOnlyList<string> Rooms => ["PacsTools.Dicom.Json."];

    internal override IReadOnlyList<byte[]> Tokens => JsonGrammar.Tokens;

    internal override long AllocationAtRest => 1 << 20;

    internal override long AllocationPerByte => 1000;

    internal override byte[] Generate(FuzzRandom random) => JsonGrammar.Generate(random);

    internal override byte[]? MutateStructure(byte[] input, FuzzRandom random) => JsonGrammar.Mutate(input, random);

    internal override bool IsDocumented(Exception error) => error is DicomDataException;

    internal override void Try(byte[] input)
    {
        Attempt(() => Take(DicomJsonReader.Read(input, new DicomJsonReadOptions { BulkData = [], FileMetaInformation = new DicomDataset() })));
        List<DicomDataset> sets = [];
        bool whole = Attempt(() => ReadAll(input, int.MaxValue, 64 << 20, sets));
        int count = sets.Count;
        bool pieces = Attempt(() => ReadAll(input, 1 + (input.Length % 50), 64 << 20, sets = []));
        Promise(whole == pieces && count == sets.Count, "the pieces of a JSON text do not change what is read");
        Attempt(() => ReadAll(input, 100, 300, []));
        foreach (DicomDataset dataset in sets) Take(dataset);
    }

    private static void ReadAll(byte[] input, int most, int maxBytes, List<DicomDataset> sets)
    {
        using var stream = new ChunkedStream(input, most);
        IAsyncEnumerator<DicomDataset> all = DicomJsonReader.ReadAllAsync(stream, new DicomJsonReadOptions { MaxDatasetBytes = maxBytes }).GetAsyncEnumerator();

        // The stream never waits, so nothing here does.
        while (all.MoveNextAsync().AsTask().GetAwaiter().GetResult()) sets.Add(all.Current);
    }

    private static void Take(DicomDataset dataset)
    {
        DatasetTouch.All(dataset);
        byte[] written = Write(dataset);

        // Text outside ASCII that came without a character set, or an empty one (as bytes, which is not how text comes), has one once it was read from JSON.
        if (!Ascii.IsValid(written) && string.IsNullOrEmpty(dataset.GetString(DicomTags.SpecificCharacterSet))) written = Write(DicomJsonReader.Read(written));
        Promise(written.AsSpan().SequenceEqual(Write(DicomJsonReader.Read(written))), "JSON that was written is read and written the same");
    }

    private static byte[] Write(DicomDataset dataset) => DicomJsonWriter.Write(dataset, new DicomJsonWriteOptions { BulkData = (path, _) => path });
}
