using System.Net.Security;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Simulation;
using PacsTools.Services.Tests.Retrieve;
using PacsTools.Services.Tests.Security;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Processes;
using PacsTools.TestKit.Scripting;
using PacsTools.TestKit.Security;

namespace PacsTools.Services.Tests.Web;

/// <summary>An https DICOMweb server is judged by the node's TLS settings, as its DICOM services are, and what will not do has the same names.</summary>
public sealed class WebTlsTests(TestAuthorityFixture fixture) : RetrieveTestBase, IClassFixture<TestAuthorityFixture>
{
    private readonly TestAuthority _authority = fixture.Authority;

    private TlsSettings Trusting => new() { Enabled = false, CaCertificates = [CertificateReference.FromFile(_authority.Path)] };

    [Theory]
    [InlineData("authority")]
    [InlineData("pin")]
    [InlineData("unchecked")]
    public async Task A_study_arrives_over_TLS(string trust)
    {
        var instances = Instances(3);
        var own = _authority.Issue();
        using var archive = new WebArchive(instances, tls: With(own));
        var report = await Report(Request(archive, trust switch
        {
            "authority" => Trusting,
            "pin" => new TlsSettings { Enabled = false, Thumbprint = [own.Sha256] },
            _ => new TlsSettings { Enabled = false, SkipCertificateCheck = true },
        }));
        Assert.Null(report.Error);
        Assert.Equal((true, 3), (report.Complete, report.Stored));
        AssertHere(instances);
    }

    [Theory]
    [InlineData("nobody's authority", TlsFailure.UnknownAuthority)]
    [InlineData("no settings", TlsFailure.UnknownAuthority)]
    [InlineData("another authority", TlsFailure.UnknownAuthority)]
    [InlineData("another name", TlsFailure.NameMismatch)]
    [InlineData("another pin", TlsFailure.PinMismatch)]
    [InlineData("another pin, unchecked", TlsFailure.PinMismatch)]
    [InlineData("expired", TlsFailure.CertificateExpired)]
    [InlineData("for clients", TlsFailure.CertificateInvalid)]
    public async Task Who_will_not_do_is_asked_nothing_and_not_again(string flaw, TlsFailure failure)
    {
        using var other = new TestAuthority("another");
        var shown = flaw switch
        {
            "another authority" => other.Issue(),
            "another name" => _authority.OfAnotherName(),
            "expired" => _authority.Expired(),
            "for clients" => _authority.OnlyFor(server: false),
            _ => _authority.Issue(),
        };
        var pinned = new TlsSettings { Enabled = false, Thumbprint = [_authority.Issue().Sha256] };
        using var archive = new WebArchive(Instances(1), tls: With(shown));
        var report = await Report(Request(archive, flaw switch
        {
            "nobody's authority" => new TlsSettings { Enabled = false },
            "no settings" => null,
            "another pin" => pinned,
            "another pin, unchecked" => pinned with { SkipCertificateCheck = true },
            _ => Trusting,
        }) with { Retry = new RetryPolicy(null, Time) });
        AssertRefused(report, failure);
        Assert.Contains($"127.0.0.1:{archive.Peer.Port}", report.Error!.Message);
        Assert.Empty(archive.Peer.Requests);
        // The instances, and the list of what there should be.
        Assert.InRange(archive.Peer.Connections, 1, 2);
    }

    [Fact]
    public async Task A_name_to_expect_stands_for_the_host()
    {
        using var archive = new WebArchive(Instances(1), tls: With(_authority.OfAnotherName()));
        Assert.True((await Report(Request(archive, Trusting with { TargetName = "pacs.example" }))).Complete);
    }

    [Fact]
    public async Task Another_trust_does_not_use_the_connections_of_the_first()
    {
        using var archive = new WebArchive(Instances(1), tls: With(_authority.Issue()));
        Assert.True((await Report(Request(archive, Trusting))).Complete);
        AssertRefused(await Report(Request(archive, null) with { Destination = Folder["other"] }), TlsFailure.UnknownAuthority);
    }

    [Fact]
    public async Task What_speaks_no_TLS_is_said_to_speak_none()
    {
        await using var plain = SslPeer.Plain("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
        AssertRefused(await Report(AtHttps(plain.Port)), TlsFailure.NotSpoken);
        await using var silent = ScriptedPeer.Listen(connection => Task.CompletedTask);
        AssertRefused(await Report(AtHttps(silent.Port)), TlsFailure.NotSpoken);
    }

    [Theory]
    [InlineData("none", TlsFailure.ClientCertificateRequired)]
    [InlineData("stranger", TlsFailure.ClientCertificateRejected)]
    [InlineData("ours", null)]
    public async Task Our_certificate_is_shown_to_whoever_asks(string own, TlsFailure? failure)
    {
        // The simulator demands what PS3.15 calls mutual authentication, by our own server code.
        using var other = new TestAuthority("another");
        using var simulator = Simulator(out var study, new TlsServerOptions
        {
            Certificate = _authority.Issue().Certificate,
            RequireClientCertificate = true,
            Trust = new TlsTrust { Authorities = [_authority.Certificate] },
        });
        var report = await Report(new RetrieveRequest
        {
            Node = simulator.Node with
            {
                Tls = Trusting with
                {
                    Certificate = own switch
                    {
                        "none" => null,
                        "stranger" => CertificateReference.FromFile(other.Issue().BothPath),
                        _ => CertificateReference.FromFile(_authority.Issue().PfxPath, password: new PacsSecret(TestCertificate.Password)),
                    },
                },
            },
            StudyInstanceUID = study,
            Destination = Folder["out"],
            Method = RetrieveMethod.DicomWeb,
            Retry = new RetryPolicy(null, Time),
        });
        if (failure is { } expected)
            AssertRefused(report, expected);
        else
            Assert.Equal((null, true, 10), (report.Error, report.Complete, report.Stored));
    }

    [Fact]
    public async Task A_server_that_asks_for_a_certificate_and_goes_without_a_word_wanted_it()
    {
        var asking = With(_authority.Issue());
        asking.ClientCertificateRequired = true;
        asking.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        using var archive = new WebArchive(Instances(1), call => Task.FromResult(call.MustClose = true), asking);
        AssertRefused(await Report(Request(archive, Trusting) with { Retry = new RetryPolicy(null, Time) }), TlsFailure.ClientCertificateRequired);
    }

    [Theory]
    [InlineData(RetrieveMethod.DicomWeb)]
    [InlineData(RetrieveMethod.Auto)]
    public async Task The_simulator_serves_DICOMweb_over_TLS_where_it_speaks_TLS(RetrieveMethod method)
    {
        using var simulator = Simulator(out var study, new TlsServerOptions { Certificate = _authority.Issue().Certificate }, new SimulatorFaults { AbortAfter = 4, Only = [FaultyOperation.Wado], Times = 1 });
        Assert.Equal("https", simulator.DicomWebUri!.Scheme);
        var report = await Pass(Start(new RetrieveRequest
        {
            Node = simulator.Node with { Port = LoopbackPort.Closed() },
            StudyInstanceUID = study,
            Destination = Folder["out"],
            Method = method,
            Retry = new RetryPolicy(null, Time),
        }).DrainAsync());
        Assert.Equal((null, true, 10, "DicomWeb"), (report.Error, report.Complete, report.Stored, report.Method));
    }

    [Fact]
    public async Task A_certificate_of_ours_that_is_not_there_is_told_and_looked_for_again()
    {
        using var archive = new WebArchive(Instances(1), tls: With(_authority.Issue()));
        var path = Folder["me.pem"];
        var tls = Trusting with { Certificate = CertificateReference.FromFile(path) };
        AssertRefused(await Report(Request(archive, tls)), TlsFailure.CertificateNotFound);
        File.Copy(_authority.Issue().BothPath, path);
        Assert.True((await Report(Request(archive, tls))).Complete);
    }

    private static SslServerAuthenticationOptions With(TestCertificate certificate) => new() { ServerCertificate = certificate.Certificate };

    private static void AssertRefused(DicomRetrieveReport report, TlsFailure failure)
    {
        Assert.Equal(failure, Assert.IsType<TlsException>(report.Error).Kind);
        Assert.Single(report.Attempts);
        Assert.Equal((false, 0), (report.Complete, report.Stored));
    }

    private RetrieveRequest Request(WebArchive archive, TlsSettings? tls) => new()
    {
        Node = archive.Node with { Tls = tls },
        StudyInstanceUID = archive.Instances[0].StudyInstanceUID,
        Destination = Folder["out"],
        Method = RetrieveMethod.DicomWeb,
        Retry = new RetryPolicy(0, Time),
    };

    private RetrieveRequest AtHttps(int port) => new()
    {
        Node = PacsNode.Parse("WEB@127.0.0.1:1") with { DicomWebUri = new Uri($"https://127.0.0.1:{port}/web"), Tls = Trusting },
        StudyInstanceUID = "1.2.3",
        Destination = Folder["out"],
        Method = RetrieveMethod.DicomWeb,
        // One connection is all there is.
        NoVerify = true,
        Retry = new RetryPolicy(null, Time),
    };

    private PacsSimulator Simulator(out string study, TlsServerOptions tls, SimulatorFaults? faults = null)
    {
        var options = new Services.Simulation.TestData.SyntheticStudyOptions { Series = 2, Instances = 5, Rows = 16, Columns = 16, PatientID = "SIM-1" };
        study = Services.Simulation.TestData.SyntheticStudy.Create(options).First().GetString(Dicom.Data.DicomTags.StudyInstanceUID, "");
        Assert.Equal(10, Services.Simulation.TestData.SyntheticStudy.Save(options, Folder.Create("archive")).Count());
        return PacsSimulator.Start(new PacsSimulatorOptions { Path = Folder["archive"], DicomWeb = true, Tls = tls, Faults = faults ?? SimulatorFaults.None });
    }
}
