using PacsTools.Dicom.Errors;
using PacsTools.Services.Diagnosis;
using PacsTools.Services.Nodes;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Services;

/// <summary>C-ECHO against real servers, and the ways it fails there.</summary>
public sealed class EchoTests
{
    [Fact]
    public async Task Orthanc_answers_with_times_and_its_name()
    {
        await using OrthancPeer orthanc = await OrthancPeer.StartAsync();
        List<EchoResult> results = await new EchoScu().EchoAsync(orthanc.ToNode(), count: 5).ToListAsync();
        Assert.Equal(5, results.Count);
        Assert.All(results, r => Assert.True(r.Success, r.Error?.Message));
        Assert.All(results, r => Assert.True(r.RoundtripTime > 0 && r.AssociationTime > 0));
        Assert.Equal((ushort)0, results[0].Status);
        Assert.Contains("DCMTK", results[0].ImplementationVersionName, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(16384u, results[0].MaxPduLength);
    }

    [Fact]
    public async Task Dcmqrscp_answers()
    {
        await using DcmqrscpPeer archive = await DcmqrscpPeer.StartAsync();
        EchoResult result = Assert.Single(await new EchoScu().EchoAsync(archive.ToNode()).ToListAsync());
        Assert.True(result.Success, result.Error?.Message);
    }

    [Fact]
    public async Task A_port_nobody_listens_on_is_refused_and_named()
    {
        int port = LoopbackPort.Closed();
        var node = new PacsNode { HostName = "127.0.0.1", Port = port, CalledAETitle = "NOBODY" };
        EchoResult result = Assert.Single(await new EchoScu().EchoAsync(node).ToListAsync());
        Assert.False(result.Success);
        var error = Assert.IsType<DicomNetworkException>(result.Error);
        Assert.Equal(NetworkFailure.ConnectionRefused, error.Failure);
        Assert.Contains(port.ToString(System.Globalization.CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_called_ae_title_is_rejected_in_words()
    {
        await using OrthancPeer orthanc = await OrthancPeer.StartAsync(new OrthancOptions { CheckCalledAETitle = true });
        EchoResult result = Assert.Single(await new EchoScu().EchoAsync(orthanc.ToNode() with { CalledAETitle = "WRONG" }).ToListAsync());
        var error = Assert.IsType<AssociationRejectedException>(result.Error);
        Assert.Contains("called AE title", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_http_server_is_named_as_such()
    {
        await using OrthancPeer orthanc = await OrthancPeer.StartAsync();
        EchoResult result = Assert.Single(await new EchoScu().EchoAsync(orthanc.ToNode() with { Port = orthanc.HttpPort, Timeout = TimeSpan.FromSeconds(20) }).ToListAsync());
        Assert.False(result.Success);
        Assert.Contains("HTTP", result.Error!.Message, StringComparison.Ordinal);
    }
}
