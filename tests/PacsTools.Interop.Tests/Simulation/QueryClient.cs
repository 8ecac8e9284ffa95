using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Network;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Interop.Tests.Simulation;

/// <summary>What came of a query: the matches and the statuses of all responses.</summary>
internal sealed record QueryAnswer(IReadOnlyList<DicomDataset> Matches, IReadOnlyList<ushort> Statuses, CommandSet Final)
{
    public ushort FinalStatus => Statuses[^1];

    /// <summary>The values of an attribute in all matches, sorted.</summary>
    public string[] Values(DicomTag tag) => [.. Matches.Select(m => m.GetText(tag) ?? "").Order(StringComparer.Ordinal)];
}

/// <summary>Sends identifiers as they are written down: nothing is checked or mended on the way.</summary>
internal static class QueryClient
{
    private static readonly string[] Syntaxes = [DicomUids.ExplicitVRLittleEndian, DicomUids.ImplicitVRLittleEndian];

    /// <param name="port">Where the archive listens on the loopback.</param>
    /// <param name="called">Its AE title.</param>
    /// <param name="sopClass">The model.</param>
    /// <param name="identifier">As <see cref="Identifier"/> makes it.</param>
    /// <param name="negotiation">The bytes of extended negotiation; none if empty.</param>
    public static QueryAnswer Find(int port, string called, string sopClass, DicomDataset identifier, params byte[] negotiation)
    {
        List<DicomDataset> matches = [];
        List<ushort> statuses = [];
        CommandSet? final = null;
        foreach ((CommandSet response, DicomDataset? match) in Responses(port, called, sopClass, identifier, negotiation))
        {
            statuses.Add(response.Status!.Value);
            final = response;
            if (match is not null)
                matches.Add(match);
        }
        return new QueryAnswer(matches, statuses, final!);
    }

    /// <summary>The matches as they come; leaving early aborts.</summary>
    public static IEnumerable<DicomDataset> Stream(int port, string called, string sopClass, DicomDataset identifier) =>
        Responses(port, called, sopClass, identifier, []).Select(r => r.Match).OfType<DicomDataset>();

    private static IEnumerable<(CommandSet Response, DicomDataset? Match)> Responses(int port, string called, string sopClass, DicomDataset identifier, byte[] negotiation)
    {
        using Association association = Association.Request(new AssociationOptions
        {
            HostName = "127.0.0.1",
            Port = port,
            CalledAETitle = called,
            CallingAETitle = "TESTER",
            Contexts = [new ProposedContext(sopClass, Syntaxes)],
            ExtendedNegotiations = negotiation.Length == 0 ? [] : [new ExtendedNegotiation(sopClass, negotiation)],
        });
        AcceptedContext context = association.GetContext(sopClass);
        TransferSyntax syntax = TransferSyntax.Get(context.TransferSyntax);
        association.Send(context, new CFindRequest(1, sopClass).ToCommandSet(), DatasetWriter.Write(identifier, syntax));
        while (true)
        {
            IncomingMessage message = association.Receive()!;
            yield return (message.Command, message.HasDataSet ? DatasetReader.Read(message.ReadDataset(), syntax) : null);
            if (DimseStatus.Classify(message.Command.Status!.Value) != DimseStatusClass.Pending)
            {
                association.Release();
                yield break;
            }
        }
    }

    /// <summary>An identifier of keys such as <c>PatientName=DOE*</c>; a path of sequences has dots.</summary>
    public static DicomDataset Identifier(params string[] keys)
    {
        var identifier = new DicomDataset();
        if (keys.Any(k => !k.All(char.IsAscii)))
            identifier.SetString(DicomTags.SpecificCharacterSet, "ISO_IR 192");
        foreach (string key in keys)
        {
            string[] parts = key.Split('=', 2);
            Set(identifier, parts[0].Split('.'), parts.Length == 2 ? parts[1] : "");
        }
        return identifier;
    }

    private static void Set(DicomDataset dataset, string[] path, string value)
    {
        DicomTag tag = DicomTag.Parse(path[0]);
        if (path.Length == 1)
        {
            dataset.SetString(tag, value.Split('\\'));
            return;
        }
        DicomDataset item = dataset.GetItems(tag).FirstOrDefault() ?? new DicomDataset();
        Set(item, path[1..], value);
        dataset.SetItems(tag, item);
    }
}
