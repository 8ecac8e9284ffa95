using PacsTools.Dicom.Pdus;

namespace PacsTools.Dicom.Network;

/// <summary>Cancellation in two steps: C-CANCEL at once, A-ABORT if the final response does not come within the grace.</summary>
internal sealed class GracefulStop(Association association, AcceptedContext context, ushort messageId, TimeSpan grace) : IDisposable
{
    private readonly object _gate = new();
    private ITimer? _timer;
    private bool _over;

    public void Begin(CancellationToken token)
    {
        lock (_gate)
        {
            if (_over)
            {
                return;
            }

            _timer = association.Watchdog.Time.CreateTimer(
                _ => association.Fail(new OperationCanceledException(token), AAbort.ByUser), null, grace, Timeout.InfiniteTimeSpan);
        }

        association.SendCancel(context, messageId);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _over = true;
            _timer?.Dispose();
        }
    }
}
