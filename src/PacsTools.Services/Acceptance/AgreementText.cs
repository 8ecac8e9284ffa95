using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Acceptance;

using Table = List<KeyValuePair<string, object?>>;

/// <summary>The values of an agreement as they stand in its data file. No secret is among them, and nothing of a patient.</summary>
internal static class AgreementText
{
    /// <summary>What takes the place of each <c>{{name}}</c> of the template.</summary>
    public static Dictionary<string, string> Of(AcceptanceAgreement agreement) => new(StringComparer.Ordinal)
    {
        ["Node"] = Literal(Node(agreement.Node)),
        ["Association"] = Literal(agreement.Limits.AssociationMilliseconds),
        ["Echo"] = Literal(agreement.Limits.EchoMilliseconds),
        ["ClassUID"] = Literal(agreement.Capabilities.ImplementationClassUID),
        ["VersionName"] = Literal(agreement.Capabilities.ImplementationVersionName),
        ["MaxPduLength"] = Literal(agreement.Capabilities.MaxPduLength),
        ["Studies"] = Literal(agreement.Studies.Select(Study).ToList()),
        ["Modality"] = Literal(agreement.Modality.ToString()),
        ["NotOffered"] = Literal(agreement.NotOffered.Select(n => KeyValuePair.Create(n.Key, (object?)n.Value))),
        ["Contexts"] = Literal(Contexts(agreement.Capabilities)),
    };

    private static string Literal(object? value) => PowerShellData.Literal(value, depth: 1);

    private static Table Study(AcceptanceSample sample) =>
        [new("StudyInstanceUID", sample.StudyInstanceUID), new("Series", sample.Series), new("Instances", sample.Instances)];

    private static Table Node(PacsNode node)
    {
        Table table = [new("HostName", node.HostName), new("Port", node.Port), new("CalledAETitle", node.CalledAETitle), new("CallingAETitle", node.CallingAETitle)];
        if (node.ScpAETitle is { } title) table.Add(new("ScpAETitle", title));
        if (node.ScpPort is { } port) table.Add(new("ScpPort", port));
        if (node.QueryModel != QueryModel.Study) table.Add(new("QueryModel", node.QueryModel.ToString()));
        if (node.DicomWebUri is { } web) table.Add(new("DicomWebUri", web.ToString()));
        if (node.Tls is { } tls) table.Add(new("Tls", Tls(tls)));
        return table;
    }

    private static Table Tls(TlsSettings tls)
    {
        Table table = [new("Enabled", tls.Enabled)];
        if (tls.Certificate is { } own) table.Add(new("Certificate", Certificate(own)));
        if (tls.CaCertificates.Count > 0) table.Add(new("CaCertificates", tls.CaCertificates.Select(Certificate).ToList()));
        if (tls.Thumbprint.Count > 0) table.Add(new("Thumbprint", tls.Thumbprint));
        if (tls.TargetName is { } name) table.Add(new("TargetName", name));
        if (tls.SkipCertificateCheck) table.Add(new("SkipCertificateCheck", true));
        return table;
    }

    private static Table Certificate(CertificateReference certificate)
    {
        if (certificate.Path is null) return [new("Thumbprint", certificate.Thumbprint)];
        Table table = [new("Path", certificate.Path)];
        if (certificate.KeyPath is { } key) table.Add(new("KeyPath", key));
        return table;
    }

    // Most archives accept most classes with the same syntaxes: one group tells them together.
    private static List<Table> Contexts(NodeCapabilities capabilities) =>
    [
        .. capabilities.SopClasses.Where(c => c.Accepted)
            .GroupBy(c => (Syntaxes: string.Join(' ', c.TransferSyntaxes), c.ScpRole))
            .Select(group => new Table
            {
                new("SopClasses", group.Select(c => KeyValuePair.Create(c.UID, (object?)c.Name)).ToList()),
                new("TransferSyntaxes", group.First().TransferSyntaxes.Select(uid => KeyValuePair.Create(uid, (object?)TransferSyntax.Get(uid).Name)).ToList()),
                new("ScpRole", group.Key.ScpRole),
            }),
    ];
}
