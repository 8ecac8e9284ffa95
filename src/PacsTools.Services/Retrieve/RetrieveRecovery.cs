using PacsTools.Dicom.Errors;
using PacsTools.Services.Resilience;
using PacsTools.Services.Web;

namespace PacsTools.Services.Retrieve;

/// <summary>
/// Decides whether a road is tried again after an attempt. What cannot be asked for by name follows the retry table. What can is asked for again
/// alone: as long as attempts bring something new, and twice without.
/// </summary>
internal sealed class RetrieveRecovery(RetrieveOperation operation, string verb)
{
    /// <summary>Attempts that brought something and not everything, before it is called a fault that does not pass.</summary>
    private const int MaxSteps = 10;

    private readonly RetryPolicy _policy = operation.Request.Retry;
    private readonly RetrySequence _sequence = operation.Request.Retry.Start();
    private int _steps;
    private int _standstills;

    /// <summary>How much longer than usual the current attempt may wait.</summary>
    public int TimeoutFactor => _sequence.TimeoutFactor;

    /// <summary>Decides, and waits as long as it takes until the next attempt may begin.</summary>
    /// <param name="error">How the attempt ended.</param>
    /// <param name="missing">How many instances can be asked for again by name.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">Cancelled while waiting.</exception>
    public async Task<bool> MayTryAgainAsync(Exception error, int missing, CancellationToken cancellationToken)
    {
        if (missing > 0 && IsOfPart(error) && CountStep() is { } step)
        {
            operation.Log.Verbose($"{verb} from {operation.Request.Node}: {error.Message} The {missing} instances that did not arrive are asked for again.");
            await Task.Delay(_policy.Delay(RetryCause.Network, error, step), _policy.TimeProvider, cancellationToken).ConfigureAwait(false);
            return true;
        }

        // An archive that was silent all the time will be silent again; one that stalled half-way may go on.
        var wasSilent = error is DicomTimeoutException { Operation: "Move" or "Get" } && operation.Observe(out _).Arrived == 0;
        return !wasSilent && await _sequence.WaitForNextAsync(CauseOf(error), $"{verb} from {operation.Request.Node}", operation.Log, cancellationToken).ConfigureAwait(false);
    }

    // Losses, failures of some, and associations that broke after they had brought something.
    private bool IsOfPart(Exception error) => error switch
    {
        RetrieveException { Id: "Retrieve.Incomplete" or "Copy.Incomplete" or RetrieveVerdict.Damaged } => true,
        // Of a rest that was asked for alone, all failed.
        RetrieveException { Status: 0xA702 } => operation.Ledger.Present > 0,
        AssociationAbortedException or DicomNetworkException { Failure: NetworkFailure.ConnectionLost } or DicomWebException { IsTransient: true } => operation.Progress > 0,
        _ => false,
    };

    private int? CountStep()
    {
        if (operation.Progress > 0)
        {
            _standstills = 0;
            return ++_steps <= (_policy.Retries ?? MaxSteps) ? 1 : null;
        }

        return ++_standstills + _steps <= (_policy.Retries ?? MaxSteps) && _standstills <= RetryPolicy.NetworkRetries ? _standstills : null;
    }

    // The retry table speaks of protocol errors.
    private static Exception CauseOf(Exception error) => error is RetrieveException { InnerException: DimseStatusException status } ? status : error;
}
