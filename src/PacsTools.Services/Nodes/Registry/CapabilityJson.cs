using System.Globalization;
using System.Text.Json.Nodes;

namespace PacsTools.Services.Nodes;

/// <summary>
/// What was discovered about a node, as the registry keeps it: SOP classes in groups of the same answer, since an archive answers most
/// of them alike. It is only a hint, so whatever of it cannot be read is left out.
/// </summary>
internal static class CapabilityJson
{
    public static JsonObject Write(NodeCapabilities found)
    {
        var accepted = new JsonArray();
        foreach (var group in found.SopClasses.Where(c => c.Accepted).GroupBy(c => (Syntaxes: string.Join(' ', c.TransferSyntaxes), c.ScpRole)))
        {
            accepted.Add(new JsonObject
            {
                ["transferSyntaxes"] = Array(group.First().TransferSyntaxes),
                ["scpRole"] = group.Key.ScpRole,
                ["sopClasses"] = Array(group.Select(c => c.UID)),
            });
        }

        var refused = new JsonArray();
        foreach (var group in found.SopClasses.Where(c => !c.Accepted).GroupBy(c => c.Reason))
            refused.Add(new JsonObject { ["reason"] = group.Key, ["sopClasses"] = Array(group.Select(c => c.UID)) });
        return new JsonObject
        {
            ["discoveredAt"] = found.DiscoveredAt.ToString("O", CultureInfo.InvariantCulture),
            ["callingAETitle"] = found.CallingAETitle,
            ["implementationVersionName"] = found.ImplementationVersionName,
            ["implementationClassUID"] = found.ImplementationClassUID,
            ["maxPduLength"] = found.MaxPduLength,
            ["accepted"] = accepted,
            ["refused"] = refused,
        };
    }

    public static NodeCapabilities? Read(JsonNode? json)
    {
        try
        {
            if (json is not JsonObject found)
                return null;
            List<PacsCapability> classes = [];
            foreach (var group in Objects(found["accepted"]))
            {
                string[] syntaxes = [.. Texts(group["transferSyntaxes"])];
                var scpRole = group["scpRole"]?.GetValue<bool>() ?? false;
                classes.AddRange(Texts(group["sopClasses"]).Select(uid => CapabilityClasses.Describe(uid) with { Accepted = true, TransferSyntaxes = syntaxes, ScpRole = scpRole }));
            }

            foreach (var group in Objects(found["refused"]))
            {
                var reason = group["reason"]?.GetValue<string>() ?? "not accepted";
                classes.AddRange(Texts(group["sopClasses"]).Select(uid => CapabilityClasses.Describe(uid) with { Reason = reason }));
            }

            return new NodeCapabilities
            {
                DiscoveredAt = DateTimeOffset.Parse(found["discoveredAt"]?.GetValue<string>() ?? "", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
                CallingAETitle = found["callingAETitle"]?.GetValue<string>(),
                ImplementationVersionName = found["implementationVersionName"]?.GetValue<string>(),
                ImplementationClassUID = found["implementationClassUID"]?.GetValue<string>(),
                MaxPduLength = found["maxPduLength"]?.GetValue<uint>(),
                SopClasses = [.. classes.Order(CapabilityClasses.Order)],
            };
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);

    private static IEnumerable<JsonObject> Objects(JsonNode? array) => (array as JsonArray)?.OfType<JsonObject>() ?? [];

    private static IEnumerable<string> Texts(JsonNode? array) => (array as JsonArray)?.Select(t => t?.GetValue<string>() ?? throw new FormatException("a text is null")) ?? [];
}
