using System.Globalization;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Web;

/// <summary>How long a server may be silent in one exchange. The clock runs only while the server is waited for.</summary>
internal sealed class WebPatience : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly Uri _server;
    private readonly CancellationToken _cancelled;
    private readonly CancellationTokenSource _expired;
    private readonly CancellationTokenSource _either;

    public WebPatience(Uri server, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        _server = server;
        _limit = limit;
        _cancelled = cancellationToken;
        _expired = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _expired.Token);
    }

    /// <summary>Ends what is waited for: cancelled, or the server was silent for too long.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>From now on the server is waited for.</summary>
    public void Begin() => _expired.CancelAfter(_limit);

    /// <summary>The server has given a sign of life, or is not waited for any more.</summary>
    public void End() => _expired.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <summary>Why the waiting came to an end.</summary>
    public Exception Reason(OperationCanceledException error)
    {
        if (_cancelled.IsCancellationRequested)
            return new OperationCanceledException(error.Message, error, _cancelled);
        if (_expired.IsCancellationRequested)
            return new DicomTimeoutException("DicomWeb", _limit, string.Create(CultureInfo.InvariantCulture, $"{_server} was silent for {_limit.TotalSeconds:0.###} s"));
        // The one bound that is the transport's own.
        var bound = PacsDefaults.AssociationTimeout;
        return new DicomTimeoutException("Connect", bound, string.Create(CultureInfo.InvariantCulture, $"nothing answers at {_server}: no connection came about within {bound.TotalSeconds:0.###} s"));
    }

    public void Dispose()
    {
        _either.Dispose();
        _expired.Dispose();
    }
}
