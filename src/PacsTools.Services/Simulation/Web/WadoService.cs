using PacsTools.Services.Query;
using PacsTools.Services.Web;

namespace PacsTools.Services.Simulation.Web;

/// <summary>
/// WADO-RS as origin server (PS3.18 10.4): files go out as they lie on disk, in the transfer syntax they are stored in, never more than a
/// buffer of them in memory.
/// </summary>
internal sealed class WadoService(SimulatorState state)
{
    private const string Dicom = "application/dicom";

    public void Serve(WebExchange exchange)
    {
        var accepted = new AcceptedTypes(exchange.Accept);
        var asFile = exchange.Target.Level == QueryLevel.Image && accepted.TakesFile && !accepted.TakesParts;
        if (!asFile && !accepted.TakesParts)
            throw new HttpError(406, "instances are given as multipart/related; type=\"application/dicom\"");
        var stored = WadoSelection.Read(state, exchange.Target);
        List<StoredInstance> instances = [.. stored.Select(instance => instance.Describe()).Where(instance => accepted.Takes(instance.TransferSyntaxUid))];
        if (instances.Count == 0)
            throw new HttpError(406, "nothing of it is stored in a transfer syntax that is accepted");
        var isPartial = instances.Count < stored.Count;
        instances = Spoil(exchange, instances, ref isPartial);
        exchange.Gate.Pass();
        if (asFile)
            SendFile(exchange, instances);
        else
            SendParts(exchange, instances, isPartial ? 206 : 200);
    }

    /// <summary>Takes out what a fault withholds. Failed ones are said to be missing (206), dropped ones are not.</summary>
    private List<StoredInstance> Spoil(WebExchange exchange, List<StoredInstance> instances, ref bool isPartial)
    {
        var left = new List<StoredInstance>(instances.Count);
        var (failed, warned) = (0, false);
        foreach (var instance in instances)
        {
            var fault = state.InstanceFaults.Next(FaultyOperation.Wado);
            failed += fault == InstanceFault.Fail ? 1 : 0;
            warned |= fault == InstanceFault.Warn;
            if (fault is InstanceFault.None or InstanceFault.Warn)
                left.Add(instance);
            else
                state.Journal?.NoteFate(instance.SopInstanceUid, fault, arrived: false);
        }

        if (failed > 0 && left.Count == 0)
            throw WebStatus.Of(state.Faults.Status ?? DimseCodes.UnableToPerformSubOperations, stores: false);
        isPartial |= failed > 0;
        if (warned)
            exchange.Reply.Header("Warning", $"299 {exchange.Root} \"The instances were sent with a warning, as the fault has it.\"");
        return left;
    }

    private void SendFile(WebExchange exchange, List<StoredInstance> instances)
    {
        // A dropped one leaves nothing that could be sent, and says that all is well.
        if (instances is not [var instance])
        {
            exchange.Reply.Send(200, Dicom);
            return;
        }

        using var file = Part10Source.Open(instance);
        using var pieces = exchange.Reply.Begin(200, Type(instance));
        file.CopyTo(pieces);
        exchange.Gate.PassEnd(pieces.Flush);
        state.Journal?.NoteFate(instance.SopInstanceUid, InstanceFault.None, arrived: true);
        pieces.End();
    }

    private void SendParts(WebExchange exchange, List<StoredInstance> instances, int status)
    {
        // The first is opened before the answer begins: of a single one it can still be said that it is not there.
        var boundary = MultipartWriter.NewBoundary();
        var first = instances.Count > 0 ? Part10Source.Open(instances[0]) : null;
        try
        {
            using var pieces = exchange.Reply.Begin(status, MultipartWriter.MediaType(boundary, Dicom));
            var parts = new MultipartWriter(pieces, boundary);
            for (var i = 0; i < instances.Count; i++)
            {
                if (i > 0)
                    exchange.Gate.Pass(pieces.Flush);
                using var file = first ?? Part10Source.Open(instances[i]);
                first = null;
                parts.BeginPart(Type(instances[i]));
                NoteArrived(i - 1);
                file.CopyTo(pieces);
            }

            exchange.Gate.PassEnd(pieces.Flush);
            parts.End();
            NoteArrived(instances.Count - 1);
            pieces.End();
        }
        finally
        {
            first?.Dispose();
        }

        // Nobody can tell that a part is whole before the delimiter behind it.
        void NoteArrived(int index)
        {
            if (index >= 0)
                state.Journal?.NoteFate(instances[index].SopInstanceUid, InstanceFault.None, arrived: true);
        }
    }

    private static string Type(StoredInstance instance) => $"{Dicom}; transfer-syntax={instance.TransferSyntaxUid}";
}
