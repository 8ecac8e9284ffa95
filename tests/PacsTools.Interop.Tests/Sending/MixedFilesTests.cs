using System.Text.Json.Nodes;
using System.Threading.Channels;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Files;
using PacsTools.Interop.Tests.Services;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Sending;
using PacsTools.Services.Simulation;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Sending;

/// <summary>
/// Hundreds of files of every kind to every archive at hand: of each the outcome, and with it what the archive holds afterwards. With
/// PACSTOOLS_LONG=1 there are a thousand.
/// </summary>
public sealed class MixedFilesTests : IDisposable
{
    private static readonly int Count = Environment.GetEnvironmentVariable("PACSTOOLS_LONG") == "1" ? 980 : 120;

    private readonly TemporaryFolder _folder = new("mixed");
    private readonly MixedFiles _files;

    public MixedFilesTests() => _files = MixedFiles.Create(_folder, Count);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Storescp()
    {
        await using StorescpPeer peer = await StorescpPeer.StartAsync(noDelay: true, arguments: ["--max-pdu", "4096"]);
        Verify(await SendAsync(peer.ToNode()), Held(peer.Received), all: true);
    }

    [Fact]
    public async Task Dcmqrscp()
    {
        await using DcmqrscpPeer peer = await DcmqrscpPeer.StartAsync(new DcmqrscpOptions { NoDelay = true });
        List<SendReport> reports = await SendAsync(peer.ToNode());
        // It takes no compressed transfer syntaxes as it is set up here.
        Verify(reports, Held(peer.Storage), all: false);
        Assert.All(reports.Where(r => r.Result is { Outcome: SendOutcome.Failed }), r => Assert.True(TransferSyntax.Get(r.Result!.TransferSyntaxUID).IsEncapsulated || r.Result.Status is not null, r.Result.Reason));
    }

    [Fact]
    public async Task Orthanc()
    {
        await using OrthancPeer peer = await OrthancPeer.StartAsync(new OrthancOptions { NoDelay = true });
        List<SendReport> reports = await SendAsync(peer.ToNode(), associations: 3);
        Dictionary<string, byte[]> held = [];
        foreach (JsonNode? instance in (await peer.GetAsync("instances?expand")).AsArray())
        {
            string uid = instance!["MainDicomTags"]!["SOPInstanceUID"]!.GetValue<string>();
            held.Add(uid, TestInstance.DataSetOf(await peer.GetFileAsync(uid)));
        }
        Verify(reports, held, all: true);
    }

    [Fact]
    public async Task Simulator()
    {
        using PacsSimulator peer = PacsSimulator.Start(new PacsSimulatorOptions());
        List<SendReport> reports = await SendAsync(peer.Node, associations: 4);
        Verify(reports, Held(peer.PrivateFolder), all: true);
        Assert.Equal(Count, peer.Instances);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task An_archive_that_dies_costs_only_what_it_had_not_acknowledged(int associations)
    {
        await using StorescpPeer peer = await StorescpPeer.StartAsync("STORESCP", noDelay: true, associations > 1 ? ["--fork"] : []);
        int stored = 0;
        List<SendReport> reports = await SendAsync(peer.ToNode(), associations, report =>
        {
            if (report.Result?.Outcome == SendOutcome.Stored && ++stored == Count / 3)
                peer.Kill();
        });
        Dictionary<string, byte[]> held = Held(peer.Received);
        List<DicomSendResult> results = [.. reports.Where(r => r.Result is not null).Select(r => r.Result!)];
        Assert.Equal(_files.Good.Count, results.Count);
        Assert.All(results.Where(r => r.Outcome == SendOutcome.Stored), r => Assert.Equal(_files.Good[r.Path].DataSet, held[r.SOPInstanceUID]));
        // One on its way on each association; the rest was never sent.
        Assert.InRange(results.Count(r => r.Outcome == SendOutcome.Failed && r.Attempts > 0), 0, associations);
        if (associations == 1)
        {
            Assert.InRange(results.Count(r => r.Outcome == SendOutcome.Stored), Count / 3, Count - 1);
            Assert.All(reports.Where(r => r.Result?.Outcome == SendOutcome.Failed), r => Assert.IsAssignableFrom<DicomException>(r.Error));
        }
    }

    /// <summary>Every file has its one outcome, and the archive holds what is stored, bit for bit unless converted, and nothing else.</summary>
    private void Verify(List<SendReport> reports, Dictionary<string, byte[]> held, bool all)
    {
        Assert.Equal(_files.Paths, reports.Select(r => r.Path).Order(StringComparer.Ordinal));
        foreach (SendReport report in reports.Where(r => _files.Bad.ContainsKey(r.Path)))
            Assert.Equal((_files.Bad[report.Path], null, report.Path), ((report.Error as SendException)?.Id, report.Result, report.Path));
        foreach (SendReport report in reports.Where(r => _files.Good.ContainsKey(r.Path)))
        {
            DicomSendResult result = Assert.IsType<DicomSendResult>(report.Result);
            TestInstance sent = _files.Good[report.Path];
            Assert.Equal((sent.SOPInstanceUID, sent.SOPClassUID), (result.SOPInstanceUID, result.SOPClassUID));
            bool stored = result.Outcome is SendOutcome.Stored or SendOutcome.StoredWithWarning;
            Assert.True(stored || !all, $"{sent.TransferSyntaxUID} {sent.SOPClassUID}: {result.Reason}");
            Assert.Equal(stored, held.ContainsKey(sent.SOPInstanceUID));
            Assert.Equal(stored, report.Error is null);
            if (stored && result.ConvertedFrom is null)
                Assert.Equal((sent.TransferSyntaxUID, true), (result.TransferSyntaxUID, AreSame(sent, held[sent.SOPInstanceUID])));
        }
        Assert.Equal(reports.Count(r => r.Result is not null && r.Error is null), held.Count);
    }

    // Orthanc deflates anew what it inflated.
    private static bool AreSame(TestInstance sent, byte[] held) => sent.TransferSyntaxUID == EncapsulatedInstance.DeflatedExplicitLittleEndian
        ? EncapsulatedInstance.Inflate(sent.DataSet).AsSpan().SequenceEqual(EncapsulatedInstance.Inflate(held))
        : sent.DataSet.AsSpan().SequenceEqual(held);

    private static Dictionary<string, byte[]> Held(string folder)
    {
        Dictionary<string, byte[]> held = [];
        foreach (string file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith("index.dat", StringComparison.Ordinal)))
        {
            string? uid = Identity(file);
            if (uid is not null)
                held.Add(uid, TestInstance.DataSetOf(file));
        }
        return held;
    }

    // A peer that is killed leaves what it was writing.
    private static string? Identity(string file)
    {
        try
        {
            return DicomFile.Open(file).FileMeta.MediaStorageSOPInstanceUID;
        }
        catch (DicomDataException)
        {
            return null;
        }
    }

    private async Task<List<SendReport>> SendAsync(PacsNode node, int associations = 1, Action<SendReport>? onReport = null)
    {
        var paths = Channel.CreateUnbounded<string>();
        foreach (string file in _files.Paths)
            paths.Writer.TryWrite(file);
        paths.Writer.Complete();
        var request = new SendRequest { Node = node, Associations = associations, Retry = RetryPolicy.None };
        List<SendReport> reports = [];
        await foreach (SendReport report in new FileSender().SendAsync(request, paths.Reader, new RecordingLog()))
        {
            reports.Add(report);
            onReport?.Invoke(report);
        }
        return reports;
    }
}
