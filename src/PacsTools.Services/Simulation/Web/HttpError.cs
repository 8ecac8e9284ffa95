namespace PacsTools.Services.Simulation.Web;

/// <summary>A request is answered with an error. Stays inside the simulator.</summary>
internal sealed class HttpError(int status, string words, params (string Name, string Value)[] headers) : Exception(words)
{
    public int Status => status;

    public IReadOnlyList<(string Name, string Value)> Headers => headers;

    /// <summary>True if what follows on the connection cannot be told any more.</summary>
    public bool EndsConnection { get; init; }

    /// <summary>The request cannot be read as HTTP.</summary>
    public static HttpError Malformed(string words, int status = 400) => new(status, words) { EndsConnection = true };
}
