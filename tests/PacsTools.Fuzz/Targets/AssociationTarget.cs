using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Fuzz.Grammars;
using PacsTools.Fuzz.Mutation;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Fuzz.Targets;

/// <summary>
/// A whole association against a peer that says anything, as acceptor and as requestor: negotiation, messages, data sets, release and abort. The
/// first byte says which side we are, the second how the bytes are cut.
/// </summary>
internal sealed class AssociationTarget : FuzzTarget
{
    private const string StudyRootFind = "1.2.840.10008.5.1.4.1.2.2.1";
    private const string CTStorage = "1.2.840.10008.5.1.4.1.1.2";
    private const string Verification = "1.2.840.10008.1.1";

    private static readonly string[] s_syntaxes = [DicomUids.ImplicitVRLittleEndian, DicomUids.ExplicitVRLittleEndian, DicomUids.DeflatedExplicitVRLittleEndian];

    internal override string Name => "association";

    internal override IReadOnlyList<string> Rooms => ["PacsTools.Dicom.Network.Association", "PacsTools.Dicom.Network.PduInput", "PacsTools.Dicom.Network.ContextNegotiation", "PacsTools.Dicom.Network.IncomingMessage", "PacsTools.Dicom.UpperLayer.", "PacsTools.Dicom.Dimse.CommandAssembler"];

    // The receive buffer of 256 KiB, and its predecessor.
    internal override long AllocationAtRest => 2 << 20;

    internal override long AllocationPerByte => 600;

    internal override byte[] Generate(FuzzRandom random)
    {
        byte role = (byte)random.Next(2);
        var bytes = new ByteWriter().Add(role, random.Byte());
        bytes.Add((role == 0 ? Proposal(random).ToRequest() : Proposal(random).ToAccept()).ToBytes());
        for (int messages = random.Next(5); messages > 0; messages--)
        {
            bool hasDataSet = random.OneIn(2);
            byte context = (byte)(1 + (2 * random.Next(3)));
            byte[]? dataset = hasDataSet ? SyntaxByte.Pack(DicomNode.Write(DicomGrammar.Generate(random, 1), new DicomForm(context == 3, false)), TransferSyntax.Get(s_syntaxes[context / 2]), random) : null;
            bytes.Add(PduGrammar.Message(random, context, CommandGrammar.Generate(random, hasDataSet: random.OneIn(30) ? null : hasDataSet), dataset));
        }

        return bytes.Add(random.Next(4) switch { 0 => RawPdu.Abort().ToBytes(), 1 => PduGrammar.Generate(random), _ => RawPdu.Release.ToBytes() }).ToArray();
    }

    internal override byte[]? MutateStructure(byte[] input, FuzzRandom random) =>
        input.Length > 2 && PduGrammar.Mutate(input[2..], random) is { } mutated ? [input[0], input[1], .. mutated] : null;

    internal override bool IsDocumented(Exception error) => error is DicomException;

    internal override long Received(byte[] input) => input.Length + Math.Min(SyntaxByte.MaxInflated, 40L * input.Length);

    internal override void Try(byte[] input)
    {
        if (input.Length < 2) return;
        var transport = new MemoryTransport(input.AsMemory(2), 1 + (input[1] * 4));
        bool accepts = (input[0] & 1) == 0;
        using Association association = accepts ? Association.ForConnection(transport, s_listening) : Association.Request(transport, s_asked);
        try
        {
            if (accepts) association.Answer(s_listening, s_listening.OnRequest);
            while (Next(association) is { } message) Take(association, message);
            Promise(association.IsReleased, "no more messages means released");
        }
        catch (DicomException e)
        {
            Promise(!association.IsUsable && ReferenceEquals(association.Failure, e), "an association fails once, with the reason it throws");
        }
    }

    private static readonly ListenerOptions s_listening = new()
    {
        OnRequest = request => AcceptDecision.Accept(request, (uid, syntaxes) => uid.Length == 0 ? null : syntaxes.FirstOrDefault(s_syntaxes.Contains) ?? ""),
        OnAssociation = _ => { },
        ArtimTimeout = Timeout.InfiniteTimeSpan,
        IdleTimeout = Timeout.InfiniteTimeSpan,
        MaxPduLength = 16384,
    };

    private static readonly AssociationOptions s_asked = new()
    {
        HostName = "localhost",
        CalledAETitle = "FUZZED",
        Contexts = [new ProposedContext(Verification, [s_syntaxes[0]]), new ProposedContext(StudyRootFind, [s_syntaxes[1]]), new ProposedContext(CTStorage, [s_syntaxes[2]])],
        AssociationTimeout = Timeout.InfiniteTimeSpan,
        MaxPduLength = 16384,
    };

    private static IncomingMessage? Next(Association association)
    {
        // An SCP looks between its responses, and everybody else waits.
        return association.MessagesReceived % 2 == 0 || !association.TryReceiveNow(out IncomingMessage? message) ? association.Receive() : message;
    }

    private static void Take(Association association, IncomingMessage message)
    {
        byte[] dataset = [];
        try
        {
            if (message.Command.MessageId % 4 == 3) message.SkipDataset();
            else if (message.HasDataSet) dataset = message.ReadDataset(32 << 10);
        }
        catch (DicomDataException)
        {
            Promise(association.IsUsable, "an association survives a data set that is too long");
        }

        DatasetTouch.All(DatasetReader.Read(dataset, TransferSyntax.Get(message.Context.TransferSyntax), new DatasetReadOptions { Lenient = true, MaxInflatedBytes = SyntaxByte.MaxInflated }));
        if (message.Command.CommandField == CommandField.CEchoRequest && message.Command.MessageId is { } id) association.Send(message.Context, new CEchoResponse(id, 0).ToCommandSet());
    }

    // The three contexts that are accepted, and whatever else.
    private static RawAssociate Proposal(FuzzRandom random)
    {
        RawAssociate some = PduGrammar.Associate(random);
        RawContext[] ours = [new(1, Verification, [s_syntaxes[0]]), new(3, StudyRootFind, [s_syntaxes[1]]), new(5, CTStorage, [s_syntaxes[2]])];
        return random.OneIn(6) ? some : some with { Contexts = [.. ours, .. some.Contexts.Skip(3)], MaxPduLength = 16384 };
    }
}
