using System.Net;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Services.Diagnosis;
using PacsTools.Services.Nodes;
using PacsTools.Services.Storage;
using PacsTools.Services.Tests.Query;
using PacsTools.Services.Tests.Security;
using PacsTools.TestKit.Scripting;
using PacsTools.TestKit.Security;

namespace PacsTools.Services.Tests.Diagnosis;

/// <summary>TLS that works, and the ways it does not: the diagnosis ends on its rung and names the cause.</summary>
public sealed class BrokenTlsTests(TestAuthorityFixture fixture) : IClassFixture<TestAuthorityFixture>
{
    private readonly TestAuthority _authority = fixture.Authority;

    private TlsSettings Trusting => new() { CaCertificates = [CertificateReference.FromFile(_authority.Path)] };

    private static DicomListener Listen(TlsServerOptions? tls) => DicomListener.Start(new ListenerOptions
    {
        BindAddress = IPAddress.Loopback,
        Tls = tls,
        OnRequest = r => AcceptDecision.Accept(r, static (_, syntaxes) => syntaxes[0]),
        OnAssociation = association =>
        {
            while (association.Receive() is { } message)
                association.Send(message.Context, CEchoResponse.To(CEchoRequest.From(message.Command), 0).ToCommandSet());
        },
    });

    private TlsServerOptions Server(TestCertificate certificate, bool demand = false) =>
        new() { Certificate = certificate.Certificate, RequireClientCertificate = demand, Trust = new TlsTrust { Authorities = [_authority.Certificate] } };

    private static async Task<List<DiagnosisRung>> ClimbAsync(int port, TlsSettings? tls, DiagnosisStage last = DiagnosisStage.Echo)
    {
        var node = new PacsNode { HostName = "127.0.0.1", Port = port, CalledAETitle = "PACS", Tls = tls };
        var (rungs, error) = await FindScript.CollectAsync(new NodeDiagnosis().ClimbAsync(node, last, new MoveProbeRequest(null, StorageScpChoice.Default), NoJobLog.Instance));
        Assert.Null(error);
        return rungs;
    }

    private static void AssertEndsAtTls(List<DiagnosisRung> rungs, TlsFailure kind, string advice)
    {
        Assert.Equal([DiagnosisStage.Resolve, DiagnosisStage.Connect, DiagnosisStage.Tls], rungs.Select(r => r.Stage));
        Assert.Equal(kind, Assert.IsType<TlsException>(rungs[^1].Error).Kind);
        Assert.Contains(advice, rungs[^1].Advice);
    }

    [Fact]
    public async Task Version_cipher_certificate_and_its_end_are_told()
    {
        using var listener = Listen(Server(_authority.Issue("server")));

        var rungs = await ClimbAsync(listener.Port, Trusting);

        Assert.Equal([DiagnosisStage.Resolve, DiagnosisStage.Connect, DiagnosisStage.Tls, DiagnosisStage.Associate, DiagnosisStage.Echo], rungs.Select(r => r.Stage));
        Assert.All(rungs, r => Assert.True(r is { Success: true, Advice: null }, r.Detail));
        Assert.Matches(@"^Tls1[23] with TLS_\w+; certificate of .+, issued by .+, valid until \d{4}-\d\d-\d\d$", rungs[2].Detail);
        Assert.Equal(rungs.Take(3).Select(r => r.Stage), (await ClimbAsync(listener.Port, Trusting, DiagnosisStage.Tls)).Select(r => r.Stage));
    }

    [Fact]
    public async Task Expired()
    {
        using var listener = Listen(Server(_authority.Expired()));
        AssertEndsAtTls(await ClimbAsync(listener.Port, Trusting), TlsFailure.CertificateExpired, "has expired");
    }

    [Fact]
    public async Task Another_name()
    {
        using var listener = Listen(Server(_authority.OfAnotherName()));
        AssertEndsAtTls(await ClimbAsync(listener.Port, Trusting), TlsFailure.NameMismatch, "another name than 127.0.0.1");
    }

    [Fact]
    public async Task An_authority_nobody_named()
    {
        using var listener = Listen(Server(_authority.Issue("unknown")));
        AssertEndsAtTls(await ClimbAsync(listener.Port, new TlsSettings()), TlsFailure.UnknownAuthority, "not trusted here");
    }

    [Fact]
    public async Task Another_pin()
    {
        using var listener = Listen(Server(_authority.Issue("unpinned")));
        AssertEndsAtTls(await ClimbAsync(listener.Port, new TlsSettings { Thumbprint = [new string('A', 64)] }), TlsFailure.PinMismatch, "another certificate than the pinned one");
    }

    [Fact]
    public async Task No_certificate_of_ours()
    {
        using var listener = Listen(Server(_authority.Issue("demanding"), demand: true));

        var rungs = await ClimbAsync(listener.Port, Trusting);

        // In TLS 1.3 the server refuses after our side of the handshake is done, so the refusal comes with the first answer.
        Assert.False(rungs[^1].Success);
        Assert.Equal(TlsFailure.ClientCertificateRequired, Assert.IsType<TlsException>(rungs[^1].Error).Kind);
        Assert.Contains("demands a certificate of ours", rungs[^1].Advice);
    }

    [Fact]
    public async Task A_certificate_of_ours_that_is_not_there()
    {
        using var listener = Listen(Server(_authority.Issue("asking")));

        var rung = Assert.Single(await ClimbAsync(listener.Port, Trusting with { Certificate = CertificateReference.FromFile(Path.Combine(_authority.Folder, "nowhere.pem")) }));

        Assert.Equal((DiagnosisStage.Tls, false), (rung.Stage, rung.Success));
        Assert.Contains("Check our own certificate", rung.Advice);
    }

    [Fact]
    public async Task Plain_DICOM_where_TLS_is_expected()
    {
        using var listener = Listen(Server(_authority.Issue("tls-only")));

        var rungs = await ClimbAsync(listener.Port, null);

        Assert.Equal(DiagnosisStage.Associate, rungs[^1].Stage);
        Assert.Contains("TLS is expected on port", rungs[^1].Advice);
    }

    [Fact]
    public async Task TLS_where_plain_DICOM_is_expected()
    {
        await using var peer = ScriptedPeer.Listen(async c =>
        {
            await c.ReadExactlyAsync(5);
            await c.SendAsync(RawPdu.Abort(2, 1));
        });
        AssertEndsAtTls(await ClimbAsync(peer.Port, Trusting), TlsFailure.NotSpoken, "No TLS is spoken");
    }
}
