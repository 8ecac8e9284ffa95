using PacsTools.Binding;
using PacsTools.Pipeline;
using PacsTools.Services;
using PacsTools.Services.Query;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;

namespace PacsTools.Commands;

/// <summary>What the cmdlets that take studies out of a PACS have in common: by which road, and several at a time.</summary>
public abstract partial class RetrieveCommand : PacsCmdlet
{
    private SemaphoreSlim? _slots;
    private RateLimit? _rate;
    private StorageScpChoice _scp = StorageScpChoice.Default;
    private int _jobs;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        _scp = StorageScpArguments.Read(StorageScp, ScpAETitle, IsGiven(nameof(ScpPort)) ? ScpPort : null);
        _slots = new SemaphoreSlim(ThrottleLimit);
        _rate = IsGiven(nameof(MaxRate)) ? new RateLimit(MaxRate) : null;
    }

    /// <summary>The error for a UID that is empty, which must never be sent.</summary>
    private protected static QueryKeyException EmptyUid(string keyword) => new("Query.EmptyKey", keyword, "it is empty and would mean everything; nothing was sent.");

    /// <summary>The text if there is one, null if it is empty.</summary>
    private protected static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>A request with everything in it but what to retrieve. PowerShell changes the parameters for the next input while it is still carried out.</summary>
    private protected virtual RetrieveRequest Request(string study)
    {
        var node = Target;
        if (IsGiven(nameof(QueryModel))) node = node with { QueryModel = QueryModel };
        return new RetrieveRequest
        {
            Node = node,
            StudyInstanceUID = study,
            PatientID = NullIfEmpty(PatientID),
            Method = Method,
            NoVerify = NoVerify,
            Rate = _rate,
            Scp = _scp,
            Retry = new RetryPolicy(Retries),
        };
    }

    /// <summary>Starts a job as soon as there is room for one.</summary>
    /// <param name="pipeline">Where it runs.</param>
    /// <param name="job">The job; it is given a number of its own.</param>
    /// <param name="target">What an error is about.</param>
    /// <param name="cancellationToken">Ends the waiting for room.</param>
    private protected async Task RunBesideAsync(IPipeline pipeline, Func<int, CancellationToken, Task> job, object target, CancellationToken cancellationToken)
    {
        await _slots!.WaitAsync(cancellationToken).ConfigureAwait(false);
        var number = ++_jobs;
        pipeline.RunBeside(async stop =>
        {
            try
            {
                await job(number, stop).ConfigureAwait(false);
            }
            finally
            {
                _slots.Release();
            }
        }, target);
    }
}
