using System.Management.Automation;
using PacsTools.Dicom.Data;
using PacsTools.Pipeline;
using PacsTools.Services.Query;

namespace PacsTools.Commands;

/// <summary>Asks a PACS for studies (C-FIND at level STUDY, PS3.4 C.4.1) and emits them as they arrive. Ending the pipeline early ends the query on the wire.</summary>
[Cmdlet(VerbsCommon.Find, "DicomStudy", DefaultParameterSetName = NodeSet)]
[OutputType(typeof(DicomStudy), typeof(DicomDataset))]
public sealed partial class FindDicomStudyCommand : FindCmdlet
{
    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken) =>
        await FindAsync(Query(), study => study.Dataset, pipeline, cancellationToken).ConfigureAwait(false);
}
