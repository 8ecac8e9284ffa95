using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Simulation;

/// <summary>C-FIND as SCP (PS3.4 C.4.1.3, K.4.1.3): matches go out one by one while they are found.</summary>
internal sealed class FindScp(SimulatorState state, ScpChannel channel)
{
    /// <exception cref="DicomException">The association is gone.</exception>
    public void Serve(IncomingMessage message)
    {
        var request = CFindRequest.From(message.Command);
        var context = message.Context;
        try
        {
            var rules = SimulatorNegotiation.RulesFor(channel.Association, context.AbstractSyntax);
            var identifier = DatasetExchange.Read(message);
            var (matches, complete) = context.AbstractSyntax == DicomUids.ModalityWorklistFind
                ? WorklistMatches(identifier, rules)
                : ArchiveMatches(identifier, context.AbstractSyntax, rules);
            var status = Stream(request, context, matches, complete);
            channel.RespondLast(context, CFindResponse.To(request, status));
        }
        catch (IdentifierException e)
        {
            channel.RespondLast(context, CFindResponse.To(request, e.Status) with { ErrorComment = e.Message, OffendingElements = e.Offending });
        }
    }

    private (IEnumerable<DicomDataset> Matches, bool AllKeysSupported) ArchiveMatches(DicomDataset identifier, string sopClass, MatchingRules rules)
    {
        var query = FindQuery.Read(identifier, InformationModel.Of(sopClass), rules);
        var found = new EntityQuery(state.Index, query.Level, query.Keys, rules).Run();
        return (found.Select(path => FindResponse.Create(query, path, state.AETitle)), !query.HasUnsupportedKeys);
    }

    private (IEnumerable<DicomDataset> Matches, bool AllKeysSupported) WorklistMatches(DicomDataset identifier, MatchingRules rules)
    {
        var query = new WorklistQuery(identifier, rules);
        return (query.Run(state.Worklist), !query.HasUnsupportedKeys);
    }

    /// <returns>The final status.</returns>
    private ushort Stream(CFindRequest request, AcceptedContext context, IEnumerable<DicomDataset> matches, bool allKeysSupported)
    {
        var pending = allKeysSupported && !state.Faults.PendingWarning ? DimseCodes.Pending : DimseCodes.PendingWithUnsupportedKeys;
        var sent = 0;
        foreach (var match in matches)
        {
            if (channel.IsCancelled(request.MessageId))
                return DimseCodes.Cancelled;
            if (sent++ == state.Faults.ResultCap)
                return DimseCodes.OutOfResources;
            MatchFaults.Apply(state.Faults, match);
            channel.Respond(context, CFindResponse.To(request, pending), DatasetExchange.Write(match, context));
        }

        return DimseCodes.Success;
    }
}
