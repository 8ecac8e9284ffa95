using System.Globalization;
using System.Runtime.CompilerServices;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.Services.Resilience;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Diagnosis;

/// <summary>
/// Climbs from the name of a host to an instance that arrives, rung by rung, and says where it ends and why. Nothing is ever tried again: a second
/// try would hide what is to be found. Connecting, associating, echo and query happen on one association, as they would in earnest.
/// </summary>
internal sealed class NodeDiagnosis(StorageScpRegistry? scps = null, TimeProvider? timeProvider = null)
{
    private static readonly string[] s_native = [DicomUids.ExplicitVRLittleEndian, DicomUids.ImplicitVRLittleEndian];
    private readonly TimeProvider _time = timeProvider ?? TimeProvider.System;

    /// <summary>Climbs up to a rung, and no higher than the first that does not hold.</summary>
    /// <param name="node">The node.</param>
    /// <param name="last">The highest rung: Resolve to Move.</param>
    /// <param name="move">What to move on the rung of that name; null for nothing that exists.</param>
    /// <param name="log">Told of details.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<DiagnosisRung> ClimbAsync(PacsNode node, DiagnosisStage last, MoveProbeRequest move, IJobLog log, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var way = new WayToNode(node, last, _time);
        var (association, error) = await OpenAsync(node, way, cancellationToken).ConfigureAwait(false);
        var isLent = false;
        try
        {
            foreach (var rung in way.Rungs)
                yield return rung;
            if (error is WayToNode.EndOfWayException || (last == DiagnosisStage.Tls && way.Next == DiagnosisStage.Associate))
                yield break;
            if (association is null)
            {
                yield return await FailedAsync(node, way, error!).ConfigureAwait(false);
                yield break;
            }

            var associated = Associated(node, association, way.Elapsed);
            yield return associated;
            if (!associated.Success || last == DiagnosisStage.Associate)
                yield break;

            var echo = await BlockingAsync(() => Echo(node, association, cancellationToken)).ConfigureAwait(false);
            yield return echo;
            if (last == DiagnosisStage.Echo || !association.IsUsable)
                yield break;

            isLent = true;
            var find = await FindAsync(node, association, log, cancellationToken).ConfigureAwait(false);
            yield return find;
            if (last == DiagnosisStage.Move && find.Success)
                yield return await new MoveProbe(scps, _time).SummarizeAsync(node, move, log, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Whoever has seen enough after a rung does not come back for the next. The query ends the association itself, on the thread that uses it.
            if (isLent && association!.IsUsable)
                association.Abort();
            else if (!isLent && association is not null)
                await BlockingAsync(() => End(association, cancellationToken)).ConfigureAwait(false);
        }
    }

    private static bool End(Association association, CancellationToken cancellationToken)
    {
        if (!cancellationToken.IsCancellationRequested)
            return association.Release();
        AssociationEnd.Soon(association);
        return false;
    }

    private static string FindClass(PacsNode node) => node.QueryModel == QueryModel.Patient ? DicomUids.PatientRootFind : DicomUids.StudyRootFind;

    // The engine blocks; each step gets a thread of its own.
    private static Task<T> BlockingAsync<T>(Func<T> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private Task<(Association? Association, Exception? Error)> OpenAsync(PacsNode node, WayToNode way, CancellationToken cancellationToken) => BlockingAsync<(Association?, Exception?)>(() =>
    {
        try
        {
            ProposedContext[] contexts = [new(DicomUids.Verification, [DicomUids.ImplicitVRLittleEndian]), new(FindClass(node), s_native)];
            return (new DirectAssociations(_time, way.OnStep, way.OnSecured).Open(node, contexts, cancellationToken), null);
        }
        catch (Exception e) when (e is DicomException or WayToNode.EndOfWayException)
        {
            return (null, e);
        }
    });

    private static async Task<DiagnosisRung> FailedAsync(PacsNode node, WayToNode way, Exception error)
    {
        var elapsed = way.Elapsed;
        // What is wrong with our own certificate or identity shows before the way begins.
        var stage = error switch
        {
            UserIdentityException => DiagnosisStage.Associate,
            TlsException when way.Next < DiagnosisStage.Tls => DiagnosisStage.Tls,
            _ => way.Next,
        };
        var speaks = stage == DiagnosisStage.Associate && node.Tls is not { Enabled: true } && error is DicomTimeoutException or DicomNetworkException { Failure: NetworkFailure.ConnectionLost }
            ? await BlockingAsync(() => PortProbe.Identify(node.HostName, node.Port, DiagnosisAdvice.ProbeLimit(node))).ConfigureAwait(false)
            : PortProtocol.Unknown;
        return new DiagnosisRung
        {
            Node = node, Stage = stage, Duration = elapsed, Error = error,
            Detail = DiagnosisAdvice.Detail(error, speaks), Advice = DiagnosisAdvice.For(node, stage, error, speaks),
        };
    }

    private static DiagnosisRung Associated(PacsNode node, Association association, TimeSpan duration)
    {
        var accepted = association.Contexts.Where(c => c.IsAccepted).Select(c => CapabilityClasses.Describe(c.AbstractSyntax).Name).ToList();
        var rung = new DiagnosisRung { Node = node, Stage = DiagnosisStage.Associate, Duration = duration };
        if (accepted.Count == 0)
        {
            var refused = association.Contexts[0];
            var error = new NoAcceptedContextException(refused.AbstractSyntax, refused.Result, $"{association.Peer} accepted the association and none of its presentation contexts: {refused.ResultInWords}");
            return rung with { Error = error, Detail = error.Message, Advice = DiagnosisAdvice.For(node, DiagnosisStage.Associate, error) };
        }

        var pdu = association.PeerMaxPduLength == 0 ? "PDUs of any length" : string.Create(CultureInfo.InvariantCulture, $"PDUs up to {association.PeerMaxPduLength} bytes");
        return rung with
        {
            Success = true,
            Detail = $"{association.PeerImplementationVersionName ?? association.PeerImplementationClassUID} accepted {string.Join(" and ", accepted)}; {pdu}",
        };
    }

    private DiagnosisRung Echo(PacsNode node, Association association, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var echo = new EchoScu(timeProvider: _time).EchoOnce(association, node, new EchoResult { Node = node }, cancellationToken);
        return new DiagnosisRung
        {
            Node = node, Stage = DiagnosisStage.Echo, Success = echo.Success, Duration = _time.GetElapsedTime(started), Error = echo.Error,
            Detail = echo.Error?.Message ?? "the C-ECHO was answered with status 0000",
            Advice = echo.Error is null ? null : DiagnosisAdvice.For(node, DiagnosisStage.Echo, echo.Error),
        };
    }

    private async Task<DiagnosisRung> FindAsync(PacsNode node, Association association, IJobLog log, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        Exception? error = null;
        try
        {
            var request = new FindRequest { Identifiers = [Impossible(node)], SopClassUid = FindClass(node), Retry = RetryPolicy.None, Log = log };
            await foreach (var _ in new FindScu(new HeldAssociation(association), _time).FindAsync(node, request, cancellationToken).ConfigureAwait(false))
            {
                error = new DiagnosisException("Diagnosis.KeysIgnored", $"{node} answered a query for a UID that cannot exist with a match: it ignores the key");
                break;
            }
        }
        catch (DicomException e)
        {
            error = e;
        }

        return new DiagnosisRung
        {
            Node = node, Stage = DiagnosisStage.Find, Success = error is null, Duration = _time.GetElapsedTime(started), Error = error,
            Detail = error?.Message ?? "a query for a UID that cannot exist found nothing, as it should",
            Advice = error is null ? null : DiagnosisAdvice.For(node, DiagnosisStage.Find, error),
        };
    }

    // A new UID names nothing anywhere; no patient data is asked for.
    private static DicomDataset Impossible(PacsNode node)
    {
        var identifier = new DicomDataset();
        identifier.SetString(DicomTags.QueryRetrieveLevel, node.QueryModel == QueryModel.Patient ? "PATIENT" : "STUDY");
        if (node.QueryModel == QueryModel.Patient)
            identifier.SetString(DicomTags.PatientID, Guid.NewGuid().ToString("N"));
        else
            identifier.SetString(DicomTags.StudyInstanceUID, DicomUids.NewUid());
        return identifier;
    }
}
