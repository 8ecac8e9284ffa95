using System.Management.Automation;
using PacsTools.Binding;
using PacsTools.Pipeline;
using PacsTools.Services.Query;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;

namespace PacsTools.Commands;

/// <summary>What the cmdlets that retrieve have in common: where to, by which road, and several at a time.</summary>
public abstract partial class ReceiveCommand : PacsCmdlet
{
    // A consumer that lingers, or an upstream command that holds the pipeline's thread, must not keep an archive waiting for the answer to
    // a C-STORE until its own patience ends; it throttles only once a whole study's worth of records waits.
    private const int QueueLength = 4096;

    private SemaphoreSlim? _slots;
    private string? _destination;
    private PathLayout? _layout;
    private RateLimit? _rate;
    private int _jobs;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        if (StorageScp is not null && (IsGiven(nameof(ScpAETitle)) || IsGiven(nameof(ScpPort))))
            throw Arguments.Invalid("-StorageScp names the Storage SCP already: leave out -ScpAETitle and -ScpPort.", StorageScp);
        _slots = new SemaphoreSlim(ThrottleLimit);
        _rate = IsGiven(nameof(MaxRate)) ? new RateLimit(MaxRate) : null;
        if (Resume && Destination is null)
            throw Arguments.Invalid("-Resume needs the -Destination it is to continue into.", nameof(Resume));
        _destination = Destination is null ? null : FileSystemPath.Resolve(SessionState, Destination, nameof(Destination));
        _layout = Layout is null ? null : Arguments.Check(() => PathLayout.Parse(Layout), Layout);
    }

    /// <summary>The error for a UID that is empty, which must never be sent.</summary>
    private protected static QueryKeyException EmptyUid(string keyword) => new("Query.EmptyKey", keyword, "it is empty and would mean everything; nothing was sent.");

    /// <summary>The text if there is one, null if it is empty.</summary>
    private protected static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>A request with everything in it but what to retrieve. PowerShell changes the parameters for the next input while it is still carried out.</summary>
    private protected RetrieveRequest Request(string study)
    {
        var node = Target;
        if (IsGiven(nameof(QueryModel))) node = node with { QueryModel = QueryModel };
        return new RetrieveRequest
        {
            Node = node,
            StudyInstanceUID = study,
            PatientID = NullIfEmpty(PatientID),
            Method = Method,
            Destination = _destination,
            Layout = _layout,
            IfExists = IfExists,
            NoVerify = NoVerify,
            Resume = Resume,
            Rate = _rate,
            Scp = new StorageScpChoice(StorageScp, ScpAETitle, IsGiven(nameof(ScpPort)) ? ScpPort : null),
            Retry = new RetryPolicy(Retries),
            QueueLength = QueueLength,
        };
    }

    /// <summary>Waits until every retrieve has ended.</summary>
    private protected async Task FinishAsync(CancellationToken cancellationToken)
    {
        for (var slot = 0; slot < ThrottleLimit; slot++) await _slots!.WaitAsync(cancellationToken).ConfigureAwait(false);
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
        await _slots!.WaitAsync(cancellationToken).ConfigureAwait(false);
        var job = new ReceiveJob(pipeline, request, target, ++_jobs, AsReport);
        pipeline.RunBeside(async stop =>
        {
            try
            {
                await job.RunAsync(stop).ConfigureAwait(false);
            }
            finally
            {
                _slots.Release();
            }
        }, target);
    }
}
