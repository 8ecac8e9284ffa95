using System.Text.Json.Nodes;

namespace PacsTools.Services.Nodes;

/// <summary>
/// TLS settings as the registry keeps them: certificates by path or thumbprint, never their keys or passwords. One that was in memory is looked for in
/// the certificate stores of the machine by its thumbprint.
/// </summary>
internal static class TlsJson
{
    public static JsonObject Write(TlsSettings tls)
    {
        var json = new JsonObject { ["enabled"] = tls.Enabled };
        if (tls.Certificate is { } own) json["certificate"] = Write(own);
        if (tls.CaCertificates.Count > 0) json["caCertificates"] = new JsonArray([.. tls.CaCertificates.Select(Write)]);
        if (tls.Thumbprint.Count > 0) json["thumbprints"] = new JsonArray([.. tls.Thumbprint.Select(t => (JsonNode)t)]);
        if (tls.TargetName is { } name) json["targetName"] = name;
        if (tls.SkipCertificateCheck) json["skipCertificateCheck"] = true;
        return json;
    }

    /// <exception cref="FormatException">A value is none.</exception>
    public static TlsSettings Read(JsonObject json) => new()
    {
        Enabled = json["enabled"]?.GetValue<bool>() ?? true,
        Certificate = json["certificate"] is JsonObject own ? ReadCertificate(own) : null,
        CaCertificates = [.. (json["caCertificates"] as JsonArray ?? []).OfType<JsonObject>().Select(ReadCertificate)],
        Thumbprint = [.. (json["thumbprints"] as JsonArray ?? []).Select(t => t?.GetValue<string>() ?? throw new FormatException("a thumbprint is null"))],
        TargetName = json["targetName"]?.GetValue<string>(),
        SkipCertificateCheck = json["skipCertificateCheck"]?.GetValue<bool>() ?? false,
    };

    private static JsonObject Write(CertificateReference certificate)
    {
        var json = new JsonObject();
        if (certificate.Path is { } path) json["path"] = path;
        else json["thumbprint"] = certificate.Thumbprint;
        if (certificate.KeyPath is { } key) json["keyPath"] = key;
        return json;
    }

    private static CertificateReference ReadCertificate(JsonObject json) => json["path"]?.GetValue<string>() is { } path
        ? CertificateReference.FromFile(path, json["keyPath"]?.GetValue<string>())
        : CertificateReference.FromStore(json["thumbprint"]?.GetValue<string>() ?? throw new FormatException("a certificate has neither a path nor a thumbprint"));
}
