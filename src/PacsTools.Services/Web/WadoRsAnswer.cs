namespace PacsTools.Services.Web;

/// <summary>An answer of WADO-RS on its way in.</summary>
internal sealed class WadoRsAnswer(DicomWebResponse response, IPartReader? parts) : IDisposable
{
    /// <summary>200, or 206 if the server says that it cannot deliver everything (PS3.18 10.4.3).</summary>
    public int StatusCode => response.StatusCode;

    /// <summary>The instances; null if there are none.</summary>
    public IPartReader? Parts => parts;

    /// <summary>Cancelled when the answer is waited for no longer: by the user, or because the server was silent for too long.</summary>
    public CancellationToken Stop => response.Stop;

    public void Dispose()
    {
        response.Dispose();
        parts?.Dispose();
    }
}
