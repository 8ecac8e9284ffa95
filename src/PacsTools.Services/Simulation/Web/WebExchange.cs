namespace PacsTools.Services.Simulation.Web;

/// <summary>One request and the way to answer it.</summary>
/// <param name="Head">The request's head.</param>
/// <param name="Target">What it is about.</param>
/// <param name="Body">Its body.</param>
/// <param name="Reply">The answer.</param>
/// <param name="Gate">Where faults stand.</param>
/// <param name="Root">The URL everything is below, as the client reached it.</param>
internal sealed record WebExchange(HttpHead Head, WebTarget Target, HttpBody Body, HttpReply Reply, WebGate Gate, string Root)
{
    /// <summary>The media types the client takes: the query goes before the header (PS3.18 8.3.3.1).</summary>
    public string? Accept
    {
        get
        {
            var query = string.Join(", ", Target.Query.Where(parameter => parameter.Name.Equals("accept", StringComparison.OrdinalIgnoreCase)).Select(parameter => parameter.Value));
            return query.Length > 0 ? query : Head["Accept"];
        }
    }
}
