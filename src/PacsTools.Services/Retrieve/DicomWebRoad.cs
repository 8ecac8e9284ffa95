using PacsTools.Dicom.Errors;
using PacsTools.Services.Web;

namespace PacsTools.Services.Retrieve;

/// <summary>WADO-RS (PS3.18 10.4): instances come in the answer to an HTTP request. No association is needed, and none is tried.</summary>
internal sealed class DicomWebRoad(QidoExpectedSet qido, TimeProvider time) : IRetrieveRoad
{
    private const int Ok = 200;
    private const int PartialContent = 206;

    // What a DIMSE road would say where some could not be sent (PS3.4 Table C.4-2).
    private const ushort SomeFailed = 0xB000;

    public string Method => "DicomWeb";

    public string Verb => "WADO-RS";

    public async Task<RoadOutcome> RunAsync(RetrieveOperation operation, TimeSpan inactivity, int timeoutFactor, CancellationToken cancellationToken)
    {
        var node = operation.Request.Node;
        var source = new WebSource(node);
        var wado = new WadoRsClient(new DicomWebClient(node, inactivity * timeoutFactor, time, isBulk: true));
        operation.Expectation?.AskBy(qido);
        operation.NoteAsked();
        operation.ExpectFrom(source, static () => { });
        operation.Log.Verbose($"WADO-RS from {node.DicomWebUri}, {operation.Scopes.Count} scopes.");
        var fetch = new Fetch(operation, source);
        var requests = operation.Scopes.SelectMany(s => Split(s)).ToList();
        foreach (var (series, instance) in requests)
        {
            try
            {
                using var answer = await wado.GetAsync(operation.Request.StudyInstanceUID, series, instance, cancellationToken).ConfigureAwait(false);
                fetch.IsPartial |= answer.StatusCode == PartialContent;
                if (answer.Parts is { } parts && !await BlockingNetworkStream.ReadBlockingAsync(() => fetch.TakeAsync(parts), answer.Stop).ConfigureAwait(false))
                    break;
            }
            catch (DicomWebException e) when (requests.Count > 1 && MayConcernThisAlone(e))
            {
                operation.Log.Verbose($"{e.Message}. The others are asked for all the same.");
                fetch.First ??= e;
                if (instance is not null)
                    fetch.Failed.Add(instance);
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        // If nothing came of any of them, that is what there is to tell.
        if (fetch is { First: { } error, Taken: 0 })
            throw error;
        return new RoadOutcome
        {
            Status = fetch.First is null && !fetch.IsPartial ? (ushort)0 : SomeFailed,
            HttpStatus = fetch.First?.StatusCode ?? (fetch.IsPartial ? PartialContent : Ok),
            FailedSOPInstanceUIDs = fetch.Failed,
        };
    }

    private static IEnumerable<(string? Series, string? Instance)> Split(RetrieveScope scope) => scope.Level switch
    {
        RetrieveLevel.Series => scope.SeriesInstanceUIDs.Select(s => ((string?)s, (string?)null)),
        RetrieveLevel.Image => scope.SOPInstanceUIDs.Select(i => ((string?)scope.SeriesInstanceUIDs[0], (string?)i)),
        _ => [(null, null)],
    };

    private static bool MayConcernThisAlone(DicomWebException error) => error.StatusCode is 404 or 410 or 406 or 500;

    /// <summary>What comes in one attempt.</summary>
    private sealed class Fetch(RetrieveOperation operation, WebSource source)
    {
        public int Taken { get; private set; }

        public bool IsPartial { get; set; }

        public DicomWebException? First { get; set; }

        public List<string> Failed { get; } = [];

        /// <returns>False if nothing more can be kept here.</returns>
        public async Task<bool> TakeAsync(IPartReader parts)
        {
            while (await parts.NextAsync().ConfigureAwait(false) is { } type)
            {
                if (!WadoRsClient.IsInstance(type))
                {
                    operation.Log.Verbose($"{source.Peer} sent a part of type {type.Name} among the instances; it was passed over.");
                    continue;
                }

                var instance = new WebInstance(operation, source) { SaidTransferSyntax = type["transfer-syntax"] };
                try
                {
                    while (await parts.ReadAsync().ConfigureAwait(false) is { IsEmpty: false } piece)
                        instance.Write(piece);
                    instance.Complete();
                }
                finally
                {
                    instance.BreakOff();
                }

                Taken++;
                if (instance.Problem is { } problem)
                    operation.Warn("DicomWeb.NoInstance", $"{source.Peer} sent a part that was not kept: {problem}.");
                else if (instance.IsUnwanted && !operation.IsOver)
                    operation.NoteForeign(instance.Instance!);
                if (instance.IsHopeless)
                    return false;
            }

            return true;
        }
    }
}
