using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Fuzz.Grammars;
using PacsTools.Fuzz.Mutation;

namespace PacsTools.Fuzz.Targets;

/// <summary>Command sets: decoded whole and from fragments, read as every message, encoded again and decoded.</summary>
internal sealed class CommandTarget : FuzzTarget
{
    private static readonly Func<CommandSet, object>[] s_messages =
    [
        CEchoRequest.From, CEchoResponse.From, CStoreRequest.From, CStoreResponse.From, CFindRequest.From, CFindResponse.From, CGetRequest.From, CGetResponse.From, CMoveRequest.From, CMoveResponse.From,
        CCancelRequest.From, NActionRequest.From, NActionResponse.From, NEventReportRequest.From, NEventReportResponse.From,
    ];

    internal override string Name => "command";

    internal override IReadOnlyList<string> Rooms => ["PacsTools.Dicom.Dimse."];

    internal override int MaxInput => 8 << 10;

    internal override long AllocationPerByte => 120;

    internal override byte[] Generate(FuzzRandom random) => CommandGrammar.Generate(random);

    internal override byte[]? MutateStructure(byte[] input, FuzzRandom random) => CommandGrammar.Mutate(input, random);

    internal override bool IsDocumented(Exception error) => error is DicomProtocolException;

    internal override void Try(byte[] input)
    {
        Attempt(() => Assemble(input));
        CommandSet command = CommandSet.Decode(input);
        foreach (Func<CommandSet, object> message in s_messages) Attempt(() => _ = message(command).ToString());
        foreach (DimseService service in Enum.GetValues<DimseService>()) _ = DimseStatus.Lookup(service, command.Status ?? 0).ToString();
        byte[] encoded;
        try
        {
            encoded = command.Encode();
        }
        catch (ArgumentException)
        {
            // Characters that may be read, but not sent.
            return;
        }

        // A comment is cut to its 64 characters, and spaces before the cut go when it is read.
        byte[] again = CommandSet.Decode(encoded).Encode();
        Promise(CommandSet.Decode(again).Encode().AsSpan().SequenceEqual(again), "what was decoded again is encoded the same");
    }

    private static void Assemble(byte[] input)
    {
        var assembler = new CommandAssembler();
        for (int at = 0, turn = 0; at < input.Length; turn++)
        {
            int count = Math.Min(input.Length - at, 1 + (turn * 13 % 50));
            at += count;
            if (assembler.AddCommand(1, input.AsSpan(at - count, count), at == input.Length) is { HasDataSet: true }) assembler.AddData(1, true);
        }

        Promise(assembler.IsBetweenMessages, "after a message there is none under way");
    }
}
