using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Pdus;
using PacsTools.Fuzz.Grammars;
using PacsTools.Fuzz.Mutation;

namespace PacsTools.Fuzz.Targets;

/// <summary>PDUs one after the other: whole, in pieces, written again and read back.</summary>
internal sealed class PduTarget : FuzzTarget
{
    private static readonly PduLimits s_limits = new(64 << 10, 16 << 10);

    internal override string Name => "pdu";

    internal override IReadOnlyList<string> Rooms => ["PacsTools.Dicom.Pdus."];

    internal override long AllocationPerByte => 120;

    internal override byte[] Generate(FuzzRandom random)
    {
        var bytes = new ByteWriter();
        do bytes.Add(PduGrammar.Generate(random));
        while (random.OneIn(3));
        return bytes.ToArray();
    }

    internal override byte[]? MutateStructure(byte[] input, FuzzRandom random) => PduGrammar.Mutate(input, random);

    internal override bool IsDocumented(Exception error) => error is DicomProtocolException;

    internal override void Try(byte[] input)
    {
        ReadOnlySpan<byte> rest = input;
        while (PduReader.TryRead(rest, s_limits, out Pdu? pdu, out int consumed))
        {
            Promise(consumed >= PduHeader.Size && consumed <= rest.Length, "as many bytes are consumed as there are");
            if (pdu is PDataTf data) ReadInPieces(rest[PduHeader.Size..consumed], data);
            WriteAgain(pdu);
            rest = rest[consumed..];
        }

        Promise(rest.Length < PduHeader.Size || PduReader.TryReadHeader(rest, out PduHeader header) && header.Length > rest.Length - PduHeader.Size, "more is waited for only where more is announced");
    }

    private static void WriteAgain(Pdu pdu)
    {
        byte[] written;
        try
        {
            written = PduWriter.Write(pdu);
        }
        catch (ArgumentException)
        {
            // What may be read but not sent.
            return;
        }

        Promise(PduReader.TryRead(written, PduLimits.Default, out Pdu? again, out int consumed) && consumed == written.Length, "what is written is read");
        Promise(PduWriter.Write(again!).AsSpan().SequenceEqual(written), "what was read again is written the same");
    }

    private static void ReadInPieces(ReadOnlySpan<byte> body, PDataTf whole)
    {
        var decoder = default(PDataDecoder);
        decoder.Reset((uint)body.Length);
        var lengths = new List<int> { 0 };
        int available = 0, turn = 0;
        while (decoder.Remaining > 0)
        {
            if (decoder.TryNext(body[..available], out PdvSlice slice, out int consumed))
            {
                lengths[^1] += slice.Length;
                if (slice.EndOfPdv) lengths.Add(0);
                body = body[consumed..];
                available -= consumed;
                continue;
            }

            Promise(available < body.Length, "the pieces of a PDU come to its end");
            available = Math.Min(body.Length, available + 1 + (turn++ * 5 % 11));
        }

        lengths.RemoveAt(lengths.Count - 1);
        Promise(lengths.SequenceEqual(whole.Values.Select(value => value.Data.Length)), "the pieces of a PDU make the same values");
    }
}
