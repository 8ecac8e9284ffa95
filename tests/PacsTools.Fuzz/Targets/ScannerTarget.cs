using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Fuzz.Grammars;
using PacsTools.Fuzz.Mutation;

namespace PacsTools.Fuzz.Targets;

/// <summary>The header scanner of the storage receiver: whatever comes in pieces of any size, it never throws, and the pieces change nothing.</summary>
internal sealed class ScannerTarget : FuzzTarget
{
    private static readonly DicomTag[] s_wanted =
        [DicomTags.SOPClassUID, DicomTags.SOPInstanceUID, DicomTags.StudyInstanceUID, DicomTags.SeriesInstanceUID, DicomTags.PatientName, DicomTags.PatientID, DicomTags.StudyDate, DicomTags.InstanceNumber, new(0x0028, 0x0010)];

    internal override string Name => "scanner";

    internal override IReadOnlyList<string> Rooms =>
        ["PacsTools.Dicom.Encoding.HeaderScanner", "PacsTools.Dicom.Encoding.ElementHeader", "PacsTools.Dicom.Encoding.FormSniffer", "PacsTools.Dicom.Encoding.OpenContainers", "PacsTools.Dicom.Encoding.PushInflater"];

    internal override IReadOnlyList<byte[]> Tokens => Vocabulary.Tokens;

    internal override long AllocationAtRest => 1 << 20;

    // A value may be all separators, and each of them makes a text; what scanning itself takes is bounded below.
    internal override long AllocationPerByte => 500;

    internal override byte[] Generate(FuzzRandom random) => SyntaxByte.Generate(random);

    internal override byte[]? MutateStructure(byte[] input, FuzzRandom random) => SyntaxByte.Mutate(input, random);

    internal override long Received(byte[] input) => SyntaxByte.Received(input);

    internal override bool IsDocumented(Exception error) => false;

    internal override void Try(byte[] input)
    {
        TransferSyntax syntax = SyntaxByte.SyntaxOf(input);
        ReadOnlySpan<byte> bytes = SyntaxByte.DataOf(input).Span;
        (string whole, bool failed) = Scan(syntax, bytes, int.MaxValue);
        (string inPieces, bool failedInPieces) = Scan(syntax, bytes, 1 + ((input.Length > 0 ? input[0] : 0) >> 3));

        // Of a damaged deflate stream .NET gives what came before the damage, or not, by how much of it is asked for at a time.
        Promise(whole == inPieces || (syntax.IsDeflated && (failed || failedInPieces)), "the pieces do not change what is scanned");
    }

    private static (string Story, bool Failed) Scan(TransferSyntax syntax, ReadOnlySpan<byte> bytes, int most)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var scanner = new HeaderScanner(syntax, s_wanted);
        for (int at = 0, turn = 0; at < bytes.Length; turn++)
        {
            int count = Math.Min(most == int.MaxValue ? most : 1 + (turn * 7 % most), bytes.Length - at);
            if (scanner.Advance(bytes.Slice(at, count))) break;
            at += count;
        }

        // A few values are kept, none longer than 64 KiB; the smallest pieces cost more than they weigh.
        Promise(GC.GetAllocatedBytesForCurrentThread() - before <= (2 << 20) + (64L * bytes.Length), "what was scanned is not kept");

        // That deflated data has ended shows only when more than a buffer of them follows.
        return ($"{scanner.IsFinished && !syntax.IsDeflated} {scanner.Failed} {string.Join('|', s_wanted.Select(scanner.GetString))}", scanner.Failed);
    }
}
