using System.Globalization;
using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Retrieve;

/// <summary>What the registry knows of a node, as far as it says which road to try first. It may be out of date, so no road is left out for it.</summary>
internal static class RoadOrder
{
    /// <summary>Why C-GET is to go before C-MOVE, in words; null if it is not.</summary>
    public static string? WhyGetFirst(RetrieveRequest request)
    {
        var node = request.Node;
        if (request.Method != RetrieveMethod.Auto || node.Capabilities is not { } found || found.CallingAETitle != node.CallingAETitle)
            return null;
        var isPatient = node.QueryModel == QueryModel.Patient;
        var move = found.Find(isPatient ? DicomUids.PatientRootMove : DicomUids.StudyRootMove);
        var get = found.Find(isPatient ? DicomUids.PatientRootGet : DicomUids.StudyRootGet);
        return move is { Accepted: false } && get is { Accepted: true } && found.SopClasses.Any(c => c.ScpRole)
            ? string.Create(CultureInfo.InvariantCulture, $"C-GET was tried before C-MOVE, because on {found.DiscoveredAt:yyyy-MM-dd} the archive accepted no C-MOVE ({move.Reason}).")
            : null;
    }
}
