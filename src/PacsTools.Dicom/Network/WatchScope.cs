namespace PacsTools.Dicom.Network;

/// <summary>Restores what was in force before, and stops listening to the token first.</summary>
internal sealed class WatchScope(Action restore, CancellationTokenRegistration registration) : IDisposable
{
    private int _disposed;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            registration.Dispose();
            restore();
        }
    }
}
