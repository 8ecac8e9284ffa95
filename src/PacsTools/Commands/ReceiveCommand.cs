using PacsTools.Binding;
using PacsTools.Dicom.Errors;
using PacsTools.Pipeline;
using PacsTools.Services;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;

namespace PacsTools.Commands;

/// <summary>What the cmdlets that receive files have in common: where to.</summary>
public abstract partial class ReceiveCommand : RetrieveCommand
{
    // A consumer that lingers, or an upstream command that holds the pipeline's thread, must not keep an archive waiting for the answer to
    // a C-STORE until its own patience ends; it throttles only once a whole study's worth of records waits.
    private const int QueueLength = 4096;

    private string? _destination;
    private PathLayout? _layout;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        if (Resume && Destination is null)
            throw Arguments.Invalid("-Resume needs the -Destination it is to continue into.", nameof(Resume));
        _destination = Destination is null ? null : FileSystemPath.Resolve(SessionState, Destination, nameof(Destination));
        _layout = Layout is null ? null : Arguments.Check(() => PathLayout.Parse(Layout), Layout);
    }

    /// <inheritdoc/>
    private protected override RetrieveRequest Request(string study) => base.Request(study) with
    {
        Destination = _destination,
        Layout = _layout,
        IfExists = IfExists,
        Resume = Resume,
        QueueLength = QueueLength,
    };

    /// <summary>The request for what is known by its own UID alone, if the archive can be asked where it belongs.</summary>
    private protected RetrieveRequest ByUidAlone(string keyword)
    {
        var request = Request("");
        if (IsGiven(keyword)) throw EmptyUid(keyword);
        return WebUidLookup.IsPossible(request)
            ? request
            : throw new QueryKeyException("Query.MissingKey", keyword, "it is missing. Without it only an archive with DICOMweb services can be asked: -DicomWebUri, with -Method Auto or DicomWeb.");
    }

    /// <summary>Asks the archive where something belongs; null if that failed, which has been written as an error then.</summary>
    private protected static async Task<RetrieveRequest?> FindAsync(IPipeline pipeline, Func<WebUidLookup, IJobLog, Task<RetrieveRequest>> find, string uid, PacsNode node)
    {
        try
        {
            return await find(new WebUidLookup(), new PipelineJobLog(pipeline)).ConfigureAwait(false);
        }
        catch (Exception error) when (error is DicomException or ArgumentException)
        {
            await pipeline.WriteErrorAsync(ErrorMap.ToRecord(error, uid, node.ToString())).ConfigureAwait(false);
            return null;
        }
    }

    /// <summary>Starts a retrieve as soon as there is room for one.</summary>
    /// <param name="pipeline">Where its results go.</param>
    /// <param name="request">What to retrieve; its UIDs are not empty.</param>
    /// <param name="what">The same in words, for -WhatIf.</param>
    /// <param name="target">What an error is about.</param>
    /// <param name="cancellationToken">Ends the waiting for room.</param>
    private protected async Task RunBesideAsync(IPipeline pipeline, RetrieveRequest request, string what, object target, CancellationToken cancellationToken)
    {
        if (!await pipeline.ShouldProcessAsync($"{what} from {request.Node}", "Receive").ConfigureAwait(false)) return;
        await RunBesideAsync(pipeline, (number, stop) => new ReceiveJob(pipeline, request, target, number, AsReport).RunAsync(stop), target, cancellationToken).ConfigureAwait(false);
    }
}
