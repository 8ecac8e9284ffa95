using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Files;
using PacsTools.Fuzz.Grammars;
using PacsTools.Fuzz.Mutation;
using PacsTools.Services.Simulation;
using PacsTools.Services.Storage;
using PacsTools.Services.Web;

namespace PacsTools.Fuzz.Targets;

/// <summary>Part 10 files: by their header, whole and leniently, and by the two readers that only want the head.</summary>
internal sealed class Part10Target : FuzzTarget
{
    private readonly InputFile _file = new("input.dcm");

    internal override string Name => "part10";

    internal override IReadOnlyList<string> Rooms =>
        ["PacsTools.Dicom.Files.", "PacsTools.Dicom.Encoding.StreamInput", "PacsTools.Dicom.Encoding.DatasetParser", "PacsTools.Services.Web.Part10Head", "PacsTools.Services.Storage.FileHead", "PacsTools.Services.Simulation.HeaderReader"];

    internal override IReadOnlyList<byte[]> Tokens => Vocabulary.Tokens;

    internal override long AllocationAtRest => 2 << 20;

    internal override long AllocationPerByte => 1200;

    internal override byte[] Generate(FuzzRandom random) => Part10Grammar.Generate(random);

    internal override byte[]? MutateStructure(byte[] input, FuzzRandom random) => Part10Grammar.Mutate(input, random);

    // Any of them may be deflated.
    internal override long Received(byte[] input) => Math.Min(SyntaxByte.MaxInflated, 1032L * input.Length);

    internal override bool IsDocumented(Exception error) => error is DicomDataException;

    public override void Dispose() => _file.Dispose();

    internal override void Try(byte[] input)
    {
        _file.Write(input);
        DicomFile? header = null;
        Attempt(() => header = DicomFile.Open(_file.FilePath, new DicomFileReadOptions { MaxInflatedBytes = SyntaxByte.MaxInflated }));
        Attempt(() => DatasetTouch.All(DicomFile.Open(_file.FilePath, new DicomFileReadOptions { Lenient = true, ReadPixelData = true, Problems = [], MaxInflatedBytes = SyntaxByte.MaxInflated }).Dataset));
        Attempt(() => DicomFile.Open(_file.FilePath, new DicomFileReadOptions { DeferLongerThan = 8, StopBefore = new DicomTag(0x0028, 0), MaxInflatedBytes = SyntaxByte.MaxInflated }));
        Attempt(() => FileHead.Read(_file.FilePath));
        _ = HeaderReader.TryRead(_file.FilePath)?.ToString();
        ReadHeadInPieces(input);
        if (header is null) return;
        Promise(header.DatasetOffset >= 0 && header.DatasetOffset <= input.Length, "the data set begins within the file");
        DatasetTouch.All(header.Dataset);
        _ = header.FileMeta.ToElements().Count;
        Attempt(() => header.FileMeta.Encode());
        SaveAgain(header);
    }

    private static void ReadHeadInPieces(byte[] input)
    {
        bool whole = Part10Head.TryRead(input, out Part10Head? head);
        for (int length = 0; length < Math.Min(input.Length, 600); length += 1 + (length / 7))
        {
            // What a beginning says is what the whole says.
            bool isFile = Part10Head.TryRead(input.AsSpan(0, length), out Part10Head? early);
            Promise(isFile || !whole, "a file is not refused by its beginning");
            Promise(early is null || early == head, "the head is the same once it is whole");
        }
    }

    private void SaveAgain(DicomFile file)
    {
        string path = _file.FilePath + ".again";
        if (!Attempt(() => DicomFile.Save(path, file.FileMeta, file.Dataset))) return;
        DicomFile again = DicomFile.Open(path, new DicomFileReadOptions { ReadPixelData = true });
        Promise(again.FileMeta.TransferSyntaxUID is not null, "a file that was saved says its transfer syntax");
    }
}
