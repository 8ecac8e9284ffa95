using System.Globalization;
using System.Text.Json.Nodes;

namespace PacsTools.Services.Nodes;

/// <summary>
/// One node as the registry keeps it. Secrets have no place here: what needs one names a certificate by path or thumbprint. Fields
/// this version does not know are never touched.
/// </summary>
internal static class NodeJson
{
    /// <summary>Writes what the node says into an entry, new or old.</summary>
    public static void Write(PacsNode node, JsonObject entry)
    {
        Set(entry, "hostName", node.HostName);
        Set(entry, "port", node.Port);
        Set(entry, "calledAETitle", node.CalledAETitle);
        Set(entry, "callingAETitle", node.OwnCallingAETitle);
        Set(entry, "scpAETitle", node.ScpAETitle);
        Set(entry, "scpPort", node.ScpPort);
        Set(entry, "queryModel", node.QueryModel == QueryModel.Study ? null : node.QueryModel.ToString());
        Set(entry, "timeoutSeconds", node.Timeout?.TotalSeconds);
        Set(entry, "dicomWebUri", node.DicomWebUri?.ToString());
        Set(entry, "tls", node.Tls is { } tls ? TlsJson.Write(tls) : null);
        Set(entry, "capabilities", node.Capabilities is { } found ? CapabilityJson.Write(found) : null);
    }

    /// <exception cref="NodeRegistryException">The entry is unusable; it stays in the store as it is.</exception>
    public static PacsNode Read(string name, JsonNode? json)
    {
        try
        {
            var entry = json as JsonObject ?? throw new FormatException("it is no JSON object");
            var node = new PacsNode { Name = name, HostName = Text(entry, "hostName") ?? "" };
            if (Number(entry, "port") is { } port) node = node with { Port = (int)port };
            if (Text(entry, "calledAETitle") is { } called) node = node with { CalledAETitle = called };
            if (Text(entry, "callingAETitle") is { } calling) node = node with { CallingAETitle = calling };
            if (Text(entry, "scpAETitle") is { } scp) node = node with { ScpAETitle = scp };
            if (Number(entry, "scpPort") is { } scpPort) node = node with { ScpPort = (int)scpPort };
            if (Text(entry, "queryModel") is { } model) node = node with { QueryModel = Enum.Parse<QueryModel>(model, ignoreCase: true) };
            if (Number(entry, "timeoutSeconds") is { } seconds) node = node with { Timeout = Time(seconds) };
            if (Text(entry, "dicomWebUri") is { } web) node = node with { DicomWebUri = new Uri(web, UriKind.RelativeOrAbsolute) };
            if (entry["tls"] is JsonObject tls) node = node with { Tls = TlsJson.Read(tls) };
            return node with { Capabilities = CapabilityJson.Read(entry["capabilities"]) };
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException or OverflowException)
        {
            throw new NodeRegistryException("Node.Unusable", $"The node '{name}' is registered in a way that cannot be used: {e.Message}", e)
            {
                Advice = "Register it again with -Force, or repair its entry in the registry.",
            };
        }
    }

    // A double has not the digits for every tick, and TimeSpan.FromSeconds cuts off what is missing at the last.
    private static TimeSpan Time(double seconds) => new(checked((long)Math.Round(seconds * TimeSpan.TicksPerSecond)));

    private static void Set(JsonObject entry, string field, JsonNode? value)
    {
        if (value is null)
            entry.Remove(field);
        else
            entry[field] = value;
    }

    private static string? Text(JsonObject entry, string field) => entry[field]?.GetValue<string>() is { Length: > 0 } text ? text : null;

    private static double? Number(JsonObject entry, string field) => entry[field] is not JsonValue value ? null
        : value.TryGetValue(out double number) ? number
        : double.Parse(value.GetValue<string>(), NumberStyles.Float, CultureInfo.InvariantCulture);
}
