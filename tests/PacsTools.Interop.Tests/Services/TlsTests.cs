using System.Net;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Services;
using PacsTools.Services.Diagnosis;
using PacsTools.Services.Nodes;
using PacsTools.Services.Simulation;
using PacsTools.Services.Storage;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;
using PacsTools.TestKit.Security;

namespace PacsTools.Interop.Tests.Services;

/// <summary>TLS with DCMTK and Orthanc, both ways, with and without client certificates.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TestCertificate _theirs;
    private readonly TestCertificate _ours;

    public TlsTests()
    {
        _theirs = _authority.Issue("theirs");
        _ours = _authority.Issue("ours");
    }

    private TlsSettings Trusting => new() { CaCertificates = [CertificateReference.FromFile(_authority.Path)] };

    private TlsSettings WithCertificate => Trusting with { Certificate = CertificateReference.FromFile(_ours.PfxPath, null, new PacsSecret(TestCertificate.Password)) };

    private TlsServerOptions Server => new()
    {
        Certificate = _ours.Certificate,
        RequireClientCertificate = true,
        Trust = new TlsTrust { Authorities = [_authority.Certificate] },
    };

    private string[] TheirCertificate => ["--enable-tls", _theirs.KeyPath, _theirs.CertificatePath, "--add-cert-file", _authority.Path];

    public void Dispose() => _authority.Dispose();

    private static async Task<EchoResult> EchoAsync(PacsNode node) =>
        (await new EchoScu().EchoAsync(node, cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken)).Single();

    [Fact]
    public async Task Our_echo_to_storescp_that_demands_a_certificate()
    {
        await using var peer = await StorescpPeer.StartAsync("STORESCP", true, TheirCertificate);
        var node = new PacsNode { HostName = "127.0.0.1", Port = peer.Port, CalledAETitle = "STORESCP" };
        var good = await EchoAsync(node with { Tls = WithCertificate });
        Assert.True(good.Success, good.Error?.Message);

        var without = await EchoAsync(node with { Tls = Trusting });
        Assert.Equal(TlsFailure.ClientCertificateRequired, Assert.IsType<TlsException>(without.Error).Kind);
        using var stranger = new TestAuthority("stranger");
        var strange = await EchoAsync(node with { Tls = Trusting with { Certificate = CertificateReference.FromMemory(stranger.Issue("stranger").Certificate) } });
        Assert.Equal(TlsFailure.ClientCertificateRejected, Assert.IsType<TlsException>(strange.Error).Kind);
        var untrusting = await EchoAsync(node with { Tls = new TlsSettings { Certificate = WithCertificate.Certificate } });
        Assert.Equal(TlsFailure.UnknownAuthority, Assert.IsType<TlsException>(untrusting.Error).Kind);
        Assert.False((await EchoAsync(node)).Success);
    }

    [Fact]
    public async Task TLS_asked_of_plain_peers_is_named()
    {
        await using var storescp = await StorescpPeer.StartAsync("STORESCP");
        await using var archive = await DcmqrscpPeer.StartAsync();
        foreach (var peer in new ExternalPeer[] { storescp, archive })
        {
            var result = await EchoAsync(new PacsNode { HostName = "127.0.0.1", Port = peer.Port, CalledAETitle = peer.AETitle, Tls = Trusting });
            Assert.Equal(TlsFailure.NotSpoken, Assert.IsType<TlsException>(result.Error).Kind);
        }
    }

    [Fact]
    public async Task Their_clients_to_our_storage_scp()
    {
        Requirement.Dcmtk();
        using var inbox = new TemporaryFolder();
        var file = TestStudy.CreateOne(new TestStudyOptions()).Save(_authority.Folder);
        var scp = new StorageScpRegistry().Start(
            new StorageScpOptions { AETitle = "INBOX", Port = 0, BindAddress = IPAddress.Loopback, Accept = StorageScpAccept.Any, Path = inbox.Path, Tls = Server }, takeNextFreePort: false, NoJobLog.Instance);
        try
        {
            (await Dcmtk.EchoscuAsync(scp.Port, "INBOX", true, TheirCertificate)).EnsureSuccess();
            (await Dcmtk.StorescuAsync(scp.Port, "INBOX", [file], true, TheirCertificate)).EnsureSuccess();
            Assert.Equal(1, scp.Received);
            var associations = scp.Associations;

            Assert.NotEqual(0, (await Dcmtk.EchoscuAsync(scp.Port, "INBOX", true, "--anonymous-tls", "--add-cert-file", _authority.Path)).ExitCode);
            Assert.NotEqual(0, (await Dcmtk.EchoscuAsync(scp.Port, "INBOX", true)).ExitCode);
            using var stranger = new TestAuthority("stranger");
            var strange = stranger.Issue("stranger");
            Assert.NotEqual(0, (await Dcmtk.EchoscuAsync(scp.Port, "INBOX", true, "--enable-tls", strange.KeyPath, strange.CertificatePath, "--add-cert-file", _authority.Path)).ExitCode);
            Assert.Equal(associations, scp.Associations);
            Assert.Equal(1, scp.Received);
        }
        finally
        {
            scp.Stop();
        }
    }

    [Fact]
    public async Task Their_query_and_retrieve_with_our_simulator_sends_by_TLS_too()
    {
        await using var destination = await StorescpPeer.StartAsync("DEST", true, TheirCertificate);
        using var simulator = PacsSimulator.Start(new PacsSimulatorOptions
        {
            TestData = true,
            Tls = Server,
            MoveDestinations = new Dictionary<string, MoveTarget> { ["DEST"] = new MoveTarget("127.0.0.1", destination.Port) { Tls = Trusting.ToClient() } },
        });
        string[] study = ["--study", "-k", "QueryRetrieveLevel=STUDY", "-k", "PatientID", "-k", "StudyInstanceUID"];
        var found = (await Dcmtk.FindscuAsync(simulator.Port, "SIM_PACS", [.. TheirCertificate, .. study])).EnsureSuccess();
        var uid = System.Text.RegularExpressions.Regex.Match(found.AllOutput, @"\(0020,000d\) UI \[([0-9.]+)").Groups[1].Value;
        Assert.NotEmpty(uid);
        // DCMTK's movescu and getscu have no TLS: the C-MOVE is ours.
        var node = simulator.Node with { Tls = WithCertificate };
        await Task.Run(() => Move(node, uid, "DEST"));
        Assert.NotEmpty(Directory.GetFiles(destination.Received));
    }

    private static void Move(PacsNode node, string studyInstanceUID, string destination) => DirectAssociations.Default.Use(
        node,
        [new ProposedContext(DicomUids.StudyRootMove, [DicomUids.ExplicitVRLittleEndian])],
        association =>
        {
            var identifier = new DicomDataset();
            identifier.SetString(DicomTags.QueryRetrieveLevel, "STUDY");
            identifier.SetString(DicomTags.StudyInstanceUID, studyInstanceUID);
            var context = association.Contexts[0];
            using var watch = association.Watch("Move", TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            association.Send(context, new CMoveRequest(association.NextMessageId(), DicomUids.StudyRootMove, destination).ToCommandSet(), DatasetExchange.Write(identifier, context));
            while (association.Receive() is { } message)
            {
                message.SkipDataset();
                var response = CMoveResponse.From(message.Command);
                if (response.Status == 0xFF00)
                    continue;
                Assert.Equal((ushort)0, response.Status);
                break;
            }

            return true;
        },
        TestContext.Current.CancellationToken);

    [Fact]
    public async Task Orthanc_both_ways()
    {
        using var inbox = new TemporaryFolder();
        var scp = new StorageScpRegistry().Start(
            new StorageScpOptions { AETitle = "INBOX", Port = 0, BindAddress = IPAddress.Loopback, Accept = StorageScpAccept.Any, Path = inbox.Path, Tls = Server }, takeNextFreePort: false, NoJobLog.Instance);
        try
        {
            await using var orthanc = await OrthancPeer.StartAsync(new OrthancOptions
            {
                Tls = new OrthancTls(_theirs.CertificatePath, _theirs.KeyPath, _authority.Path),
                MoveDestinations = [new MoveDestination("INBOX", scp.Port)],
            });
            var node = new PacsNode { HostName = "127.0.0.1", Port = orthanc.Port, CalledAETitle = orthanc.AETitle };
            var good = await EchoAsync(node with { Tls = WithCertificate });
            Assert.True(good.Success, good.Error?.Message);
            Assert.Equal(TlsFailure.ClientCertificateRequired, Assert.IsType<TlsException>((await EchoAsync(node with { Tls = Trusting })).Error).Kind);

            var instance = TestStudy.CreateOne(new TestStudyOptions());
            await orthanc.UploadAsync(await File.ReadAllBytesAsync(instance.Save(_authority.Folder), TestContext.Current.CancellationToken));
            await orthanc.StoreAllAsync("INBOX");
            Assert.Equal(1, scp.Received);
        }
        finally
        {
            scp.Stop();
        }
    }
}
