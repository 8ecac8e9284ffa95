using System.Net;
using PacsTools.Dicom.Network;
using PacsTools.Services.Diagnosis;
using PacsTools.Services.Nodes;
using PacsTools.Services.Storage;
using PacsTools.TestKit;

namespace PacsTools.Services.Tests.Diagnosis;

/// <summary>A diagnosis whose reader has seen enough, as Select-Object -First and Ctrl+C do.</summary>
public sealed class ClimbStopTests : IDisposable
{
    private readonly DicomListener _listener;
    private int _opened;
    private int _ended;

    public ClimbStopTests() => _listener = DicomListener.Start(new ListenerOptions
    {
        BindAddress = IPAddress.Loopback,
        IdleTimeout = Timeout.InfiniteTimeSpan,
        OnRequest = r => AcceptDecision.Accept(r, static (_, syntaxes) => syntaxes[0]),
        OnAssociation = association =>
        {
            Interlocked.Increment(ref _opened);
            try
            {
                while (association.Receive() is { } message)
                    association.Send(message.Context, Dicom.Dimse.CEchoResponse.To(Dicom.Dimse.CEchoRequest.From(message.Command), 0).ToCommandSet());
            }
            finally
            {
                Interlocked.Increment(ref _ended);
            }
        },
    });

    public void Dispose() => _listener.Dispose();

    [Theory]
    [InlineData(DiagnosisStage.Resolve, false)]
    [InlineData(DiagnosisStage.Connect, true)]
    [InlineData(DiagnosisStage.Associate, false)]
    [InlineData(DiagnosisStage.Associate, true)]
    [InlineData(DiagnosisStage.Echo, false)]
    [InlineData(DiagnosisStage.Echo, true)]
    public async Task The_association_ends_with_the_last_rung_that_is_looked_at(DiagnosisStage enough, bool cancelled)
    {
        using var stop = new CancellationTokenSource();
        var node = new PacsNode { HostName = "127.0.0.1", Port = _listener.Port };
        await foreach (var rung in new NodeDiagnosis().ClimbAsync(node, DiagnosisStage.Find, new MoveProbeRequest(null, StorageScpChoice.Default), new RecordingLog(), stop.Token))
        {
            if (rung.Stage != enough)
                continue;
            if (cancelled)
                await stop.CancelAsync();
            break;
        }

        await Eventually.TrueAsync(() => Volatile.Read(ref _ended) == 1, "the association has ended");
        Assert.Equal(1, Volatile.Read(ref _opened));
    }
}
