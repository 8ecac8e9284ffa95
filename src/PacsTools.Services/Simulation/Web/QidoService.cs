using System.Text.Json;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Json;

namespace PacsTools.Services.Simulation.Web;

/// <summary>QIDO-RS as origin server (PS3.18 10.6): matches go out while they are found.</summary>
internal sealed class QidoService(SimulatorState state)
{
    public void Serve(WebExchange exchange)
    {
        var accepted = new AcceptedTypes(exchange.Accept);
        if (!accepted.TakesJson)
            throw new HttpError(406, "searches are answered in application/dicom+json");
        var (query, find) = QidoQuery.Read(exchange.Target);
        var found = new EntityQuery(state.Index, find.Level, find.Keys, find.Rules).Run().Skip(query.Offset);
        List<string> warnings = [.. query.Warnings];
        if (state.Faults.ResultCap is { } cap && (query.Limit is not { } wanted || wanted > cap))
        {
            // Whether there are more has to be said before the first of them is sent.
            List<EntityPath> most = [.. found.Take(cap + 1)];
            if (most.Count > cap)
                warnings.Add("The number of results exceeded the maximum supported by the server. Additional results can be requested.");
            found = most.Take(cap);
        }
        else if (query.Limit is { } limit)
        {
            found = found.Take(limit);
        }

        foreach (var warning in warnings)
            exchange.Reply.Header("Warning", $"299 {exchange.Root} \"{warning}\"");
        Answer(exchange, found.Select(path => Match(find, path, exchange.Root)), accepted.JsonType);
    }

    private DicomDataset Match(FindQuery find, EntityPath path, string root)
    {
        var match = FindResponse.Create(find, path, state.AETitle);
        match.Remove(DicomTags.QueryRetrieveLevel);
        var url = WebTarget.UrlOf(root, match);
        MatchFaults.Apply(state.Faults, match);
        match.SetString(DicomTags.RetrieveURL, url);
        return match;
    }

    private static void Answer(WebExchange exchange, IEnumerable<DicomDataset> matches, string mediaType)
    {
        var gate = exchange.Gate;
        using var each = matches.GetEnumerator();
        if (!each.MoveNext())
        {
            gate.Pass();
            exchange.Reply.Send(204);
            return;
        }

        gate.Pass();
        WebJson.Write(exchange, mediaType, Rest());

        IEnumerable<DicomDataset> Rest()
        {
            do
                yield return each.Current;
            while (each.MoveNext());
        }
    }
}
