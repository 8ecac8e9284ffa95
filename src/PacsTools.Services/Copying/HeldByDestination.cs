using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Copying;

/// <summary>Asks a destination which of the instances to copy it has already.</summary>
internal sealed class HeldByDestination(IAssociations associations, TimeProvider time)
{
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<IReadOnlyList<DicomInstanceFile>> FindAsync(CopyRequest request, ExpectedSet wanted, IJobLog log, CancellationToken cancellationToken)
    {
        var there = request.Source with { Node = request.DestinationNode! };
        var held = await new ExpectedSetQuery(new FindScu(associations, time)).RunAsync(there, cancellationToken).ConfigureAwait(false);
        if (!held.IsNamed)
            log.Warning("Copy.CannotResume", $"{request.Destination} does not name all the instances it has of the study; what it does not name is copied. {held.Problem}");
        return
        [
            .. wanted.Instances.Values.Where(i => held.Instances.ContainsKey(i.SOPInstanceUID)).Select(i => new DicomInstanceFile
            {
                SOPInstanceUID = i.SOPInstanceUID,
                SOPClassUID = i.SOPClassUID,
                SeriesInstanceUID = i.SeriesInstanceUID,
                StudyInstanceUID = request.Source.StudyInstanceUID,
                PatientID = request.Source.PatientID,
                Outcome = InstanceOutcome.Duplicate,
                Method = "None",
                Node = request.Source.Node,
            }),
        ];
    }
}
