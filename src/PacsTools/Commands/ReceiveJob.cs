using PacsTools.Dicom.Dimse;
using PacsTools.Pipeline;
using PacsTools.Services.Nodes;
using PacsTools.Services.Retrieve;

namespace PacsTools.Commands;

/// <summary>One retrieve as a cmdlet shows it: instances or a report first, then the error if something is missing.</summary>
internal sealed class ReceiveJob(IPipeline pipeline, RetrieveRequest request, object target, int number, bool asReport)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var coordinator = new RetrieveCoordinator(AssociationPool.Shared);
            await using var run = coordinator.Start(request, new PipelineJobLog(pipeline, number), cancellationToken);
            if (asReport)
            {
                var report = await run.DrainAsync().ConfigureAwait(false);
                await pipeline.WriteObjectAsync(report).ConfigureAwait(false);
                if (report.Error is { } error) throw error;
                return;
            }

            await foreach (var file in run.Instances.WithCancellation(cancellationToken).ConfigureAwait(false))
                await pipeline.WriteObjectAsync(file).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            var record = ErrorMap.ToRecord(error, target, request.Node.ToString(), DimseService.Move);
            await pipeline.WriteErrorAsync(record).ConfigureAwait(false);
        }
    }
}
