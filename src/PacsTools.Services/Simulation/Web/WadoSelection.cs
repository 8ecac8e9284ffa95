using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Simulation.Web;

/// <summary>The instances a target names, by the same code as those of a C-MOVE.</summary>
internal static class WadoSelection
{
    /// <exception cref="HttpError">There are none.</exception>
    public static IReadOnlyList<IndexedInstance> Read(SimulatorState state, WebTarget target)
    {
        var identifier = new DicomDataset();
        identifier.SetString(DicomTags.QueryRetrieveLevel, target.Level.ToString().ToUpperInvariant());
        foreach (var (tag, uid) in target.Uids)
            identifier.SetString(tag, uid);
        try
        {
            var instances = RetrieveSelection.Read(state.Index, identifier, QueryModel.Study, MatchingRules.Default);
            return instances.Count > 0 ? instances : throw new HttpError(404, $"there is no such {target.Level.ToString().ToLowerInvariant()}");
        }
        catch (IdentifierException e)
        {
            throw new HttpError(400, e.Message);
        }
    }
}
