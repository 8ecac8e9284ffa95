using FsCheck;
using FsCheck.Fluent;
using PacsTools.Services.Nodes;
using PacsTools.TestKit.Processes;

namespace PacsTools.Services.Tests.Nodes;

/// <summary>Nodes of every kind through the registry's file and back.</summary>
public sealed class NodeRoundTripTests : IDisposable
{
    private static readonly Gen<string> s_title =
        from letters in Gen.Elements("ABCXYZ abc019_-.!".ToCharArray()).ListOf(12)
        select ("T" + string.Concat(letters)).Trim();

    private static readonly Gen<string> s_host =
        Gen.Elements("pacs", "pacs.example", "10.0.0.1", "::1", "2001:db8::1", "a-b.c-d", "xn--bcher-kva.example");

    private static readonly Gen<int> s_port = Gen.Choose(1, 65535);

    private static readonly Gen<string> s_thumbprint =
        from digits in Gen.Elements("0123456789ABCDEF".ToCharArray()).ListOf(64)
        select string.Concat(digits);

    private static readonly Gen<CertificateReference> s_certificate =
        from thumbprint in s_thumbprint
        from kind in Gen.Choose(0, 2)
        select kind switch
        {
            0 => CertificateReference.FromStore(thumbprint),
            1 => CertificateReference.FromFile($"/certificates/{thumbprint[..4]} ä.pem"),
            _ => CertificateReference.FromFile("/own.pem", $"/own \"{thumbprint[..2]}\".key"),
        };

    private static readonly Gen<TlsSettings> s_tls =
        from flags in Gen.Choose(0, 7)
        from own in s_certificate
        from authorities in s_certificate.ListOf().Resize(3)
        from pins in s_thumbprint.ListOf().Resize(3)
        from name in s_host
        select new TlsSettings
        {
            Enabled = (flags & 1) != 0,
            SkipCertificateCheck = (flags & 2) != 0,
            Certificate = (flags & 4) != 0 ? own : null,
            CaCertificates = [.. authorities],
            Thumbprint = [.. pins],
            TargetName = flags > 3 ? name : null,
        };

    private static readonly Gen<PacsNode> s_node =
        from name in Gen.Elements("main", "a.b", "_x-1", "Ärzte", "0")
        from host in s_host
        from titles in s_title.ListOf(3)
        from ports in s_port.ListOf(2)
        from given in Gen.Choose(0, 127)
        from seconds in Gen.Choose(1, 100_000)
        from tls in s_tls
        select new PacsNode
        {
            Name = name,
            HostName = host,
            Port = ports[0],
            CalledAETitle = titles[0],
            ScpAETitle = (given & 1) != 0 ? titles[1] : null,
            ScpPort = (given & 2) != 0 ? ports[1] : null,
            QueryModel = (given & 4) != 0 ? QueryModel.Patient : QueryModel.Study,
            Timeout = (given & 8) != 0 ? TimeSpan.FromMilliseconds(seconds) : null,
            DicomWebUri = (given & 16) != 0 ? new Uri($"https://{HostText.Bracketed(host)}:{ports[1]}/dicom-web") : null,
            Tls = (given & 32) != 0 ? tls : null,
            Capabilities = (given & 64) != 0 ? Found(titles[2], seconds) : null,
        };

    private readonly TemporaryFolder _folder = new("nodes");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_registered_is_read_back()
    {
        var registry = new NodeRegistry(new NodeStorePath(_folder["nodes.json"], IsOurFolder: false));
        Prop.ForAll(s_node.ToArbitrary(), node =>
        {
            registry.Put(node, overwrite: true, new RecordingLog());
            PacsNode back = registry.Get(node.Name!);
            Assert.Equal(node, back);
            Assert.Equal(Words(node.Capabilities), Words(back.Capabilities));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    private static NodeCapabilities Found(string title, int number) => new()
    {
        DiscoveredAt = new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.FromHours(number % 14)).AddTicks(number),
        CallingAETitle = title,
        ImplementationVersionName = number % 2 == 0 ? "PEER_1" : null,
        ImplementationClassUID = "1.2.3",
        MaxPduLength = (uint)number,
        SopClasses = [CapabilityClasses.Describe("1.2.840.10008.1.1") with { Accepted = true, TransferSyntaxes = ["1.2.840.10008.1.2"], ScpRole = number % 3 == 0 }, CapabilityClasses.Describe($"1.2.99.{number}") with { Reason = "no reason given" }],
    };

    private static string? Words(NodeCapabilities? found) => found is null ? null
        : $"{found.DiscoveredAt:O} {found.CallingAETitle} {found.ImplementationVersionName} {found.ImplementationClassUID} {found.MaxPduLength} {string.Join('|', found.SopClasses)}";
}
