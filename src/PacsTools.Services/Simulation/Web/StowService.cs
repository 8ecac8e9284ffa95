using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Json;
using PacsTools.Services.Web;

namespace PacsTools.Services.Simulation.Web;

/// <summary>STOW-RS as origin server (PS3.18 10.5): each part goes to a file as it comes, and into the archive once it is whole.</summary>
internal sealed class StowService(SimulatorState state)
{
    private const string Dicom = "application/dicom";

    public void Serve(WebExchange exchange)
    {
        var accepted = new AcceptedTypes(exchange.Accept);
        if (!accepted.TakesJson)
            throw new HttpError(406, "what was stored is told in application/dicom+json");
        var type = WebMediaType.Parse(exchange.Head["Content-Type"]);
        if (type.Name != "multipart/related" || (type["type"] is { } parts && !parts.Equals(Dicom, StringComparison.OrdinalIgnoreCase)))
            throw new HttpError(415, "instances are taken as multipart/related; type=\"application/dicom\"");
        var result = Store(exchange, type["boundary"]);
        if (result.IsEmpty)
            throw new HttpError(400, "there is no part in the body");
        exchange.Gate.Pass();
        exchange.Reply.Send(result.Status, accepted.JsonType, DicomJsonWriter.Write(result.ToDataset(exchange.Target.StudyUid)));
    }

    private StowResult Store(WebExchange exchange, string? boundary)
    {
        var result = new StowResult(exchange.Root);
        try
        {
            using var reader = new MultipartReader(exchange.Body, boundary, new Uri(exchange.Root));
            while (Now(reader.NextAsync()) is { } part)
                Store(reader, part, exchange.Target.StudyUid, result);
            return result;
        }
        catch (DicomException)
        {
            throw new HttpError(400, "the multipart body is malformed, or ends before its last boundary");
        }
    }

    private void Store(MultipartReader reader, WebMediaType type, string? studyUid, StowResult result)
    {
        using var file = state.Store.Begin();
        var failure = type.Name is Dicom or "" ? Receive(reader, file) : DimseCodes.UnableToProcess;
        var header = failure is null ? HeaderReader.TryRead(file.Path) : null;
        failure ??= header is null ? DimseCodes.UnableToProcess
            : studyUid is not null && header.StudyInstanceUid != studyUid ? DimseCodes.IdentifierDoesNotMatch
            : null;
        var fault = failure is null ? state.InstanceFaults.Next(FaultyOperation.Stow) : InstanceFault.None;
        if (fault == InstanceFault.Fail)
            failure = state.Faults.Status ?? DimseCodes.OutOfResources;
        else if (failure is null && fault != InstanceFault.Drop)
            failure = Keep(file, header!);
        if (failure is { } reason)
            result.Failed(header, reason);
        else
            result.Stored(header!, fault == InstanceFault.Warn ? state.Faults.Status ?? DimseCodes.SubOperationsIncomplete : null);
    }

    /// <returns>The failure reason; null if the part is in the file.</returns>
    private ushort? Receive(MultipartReader reader, IncomingFile file)
    {
        while (Now(reader.ReadAsync()) is { IsEmpty: false } piece)
        {
            // Only what the disk says is a failure of this instance; what the connection says is the end of all.
            if (Try(() => file.Write(piece.Span)) is { } failure)
                return failure;
        }

        return Try(file.Close);
    }

    private ushort? Keep(IncomingFile file, InstanceHeader header) => Try(() => Admission.Take(state, file, header));

    private ushort? Try(Action write)
    {
        try
        {
            write();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            state.Log.Verbose($"{state.AETitle} could not store an instance: {e.Message}");
            return DimseCodes.OutOfResources;
        }
    }

    // The body is read on this thread, so whatever reads it is done when it returns.
    private static T Now<T>(ValueTask<T> task) => task.IsCompleted ? task.GetAwaiter().GetResult() : task.AsTask().GetAwaiter().GetResult();
}
