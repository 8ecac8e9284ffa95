using System.Threading.Channels;
using PacsTools.Interop.Tests.Services;
using PacsTools.Services.Sending;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Sending;

/// <summary>C-STORE to real archives: mixed SOP classes and transfer syntaxes, with files among them that are none.</summary>
public sealed class SendTests : IDisposable
{
    private static readonly TestModality[] s_modalities = [TestModality.CT, TestModality.MR, TestModality.US, TestModality.SC];

    private readonly TemporaryFolder _folder = new("send");
    private readonly List<TestInstance> _instances = [];
    private readonly List<string> _good = [];
    private readonly List<string> _bad = [];

    public SendTests()
    {
        int seed = 1;
        foreach (TestModality modality in s_modalities)
        {
            foreach (bool explicitVR in (bool[])[true, false])
                _instances.AddRange(TestStudy.Create(new TestStudyOptions { Seed = seed++, Instances = 5, Rows = 16, Columns = 16, Modality = modality, ExplicitVR = explicitVR }));
        }
        foreach (string syntax in (string[])["1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.5"])
            _instances.Add(EncapsulatedInstance.Create(syntax, seed++));
        _good.AddRange(_instances.Select(i => i.Save(_folder.Create("files"))));
        foreach ((string name, byte[] content) in new (string, byte[])[] { ("a.txt", "no image"u8.ToArray()), ("b.dcm", []), ("c.dcm", new byte[4000]), ("d.dcm", [.. new byte[128], .. "DICM"u8, 1, 2, 3]) })
        {
            _bad.Add(_folder["files", name]);
            File.WriteAllBytes(_bad[^1], content);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Storescp_has_every_data_set_byte_for_byte(bool noDelay)
    {
        await using StorescpPeer peer = await StorescpPeer.StartAsync(noDelay: noDelay);
        List<SendReport> reports = await SendAsync(peer, 1);
        AssertAllStored(reports);
        Dictionary<string, byte[]> received = Directory.GetFiles(peer.Received).ToDictionary(f => Identity(f), f => TestInstance.DataSetOf(f));
        Assert.Equal(_instances.Count, received.Count);
        foreach (TestInstance sent in _instances)
            Assert.Equal(sent.DataSet, received[sent.SOPInstanceUID]);
        await Dcmtk.TestFilesAsync(Directory.GetFiles(peer.Received));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Orthanc_has_every_instance(int associations)
    {
        await using OrthancPeer orthanc = await OrthancPeer.StartAsync();
        AssertAllStored(await SendAsync(orthanc, associations));
        Assert.Equal(_instances.Count, await orthanc.CountInstancesAsync());
        foreach (TestInstance sent in _instances)
            Assert.Equal(sent.DataSet, TestInstance.DataSetOf(await orthanc.GetFileAsync(sent.SOPInstanceUID)));
    }

    [Fact]
    public async Task Dcmqrscp_tells_of_each_file_what_it_has()
    {
        await using DcmqrscpPeer archive = await DcmqrscpPeer.StartAsync();
        List<SendReport> reports = await SendAsync(archive, 1);
        Assert.Equal(_good.Count + _bad.Count, reports.Count);
        int stored = reports.Count(r => r.Result?.Outcome == SendOutcome.Stored);
        Assert.Equal(stored, Directory.GetFiles(archive.Storage, "*", SearchOption.AllDirectories).Count(f => !f.EndsWith("index.dat", StringComparison.Ordinal)));
        Assert.All(reports.Where(r => r.Result?.Outcome == SendOutcome.Failed), r => Assert.Equal("Send.NotAccepted", Assert.IsType<SendException>(r.Error).Id));
        Assert.InRange(stored, s_modalities.Length * 10, _good.Count);
    }

    [Fact]
    public async Task An_archive_that_takes_only_implicit_vr_gets_native_files_so()
    {
        await using StorescpPeer peer = await StorescpPeer.StartAsync("STORESCP", noDelay: false, "--prefer-lossless", "+xi");
        List<SendReport> reports = await SendAsync(peer, 1);
        Assert.All(reports.Where(r => r.Result?.Outcome == SendOutcome.Stored), r => Assert.Equal(TestStudy.ImplicitLittleEndian, r.Result!.TransferSyntaxUID));
        Assert.Equal(s_modalities.Length * 10, reports.Count(r => r.Result?.Outcome == SendOutcome.Stored));
        Assert.Equal(s_modalities.Length * 5, reports.Count(r => r.Result?.ConvertedFrom is not null));
        await Dcmtk.DumpAllAsync(Directory.GetFiles(peer.Received));
    }

    private void AssertAllStored(List<SendReport> reports)
    {
        Assert.Equal(_good.Order(), reports.Where(r => r.Result is not null).Select(r => r.Path).Order());
        Assert.All(reports.Where(r => r.Result is not null), r => Assert.Equal((SendOutcome.Stored, (ushort?)0, 1), (r.Result!.Outcome, r.Result.Status, r.Result.Attempts)));
        Assert.Equal(_bad.Order(), reports.Where(r => r.Result is null).Select(r => r.Path).Order());
        Assert.All(reports.Where(r => r.Result is null), r => Assert.StartsWith("Send.No", Assert.IsType<SendException>(r.Error).Id, StringComparison.Ordinal));
    }

    private async Task<List<SendReport>> SendAsync(ExternalPeer peer, int associations)
    {
        var paths = Channel.CreateUnbounded<string>();
        foreach (string file in _good.Concat(_bad).Order(StringComparer.Ordinal))
            paths.Writer.TryWrite(file);
        paths.Writer.Complete();
        return await new FileSender().SendAsync(new SendRequest { Node = peer.ToNode(), Associations = associations }, paths.Reader, new RecordingLog()).ToListAsync();
    }

    private static string Identity(string file) => PacsTools.Dicom.Files.DicomFile.Open(file).FileMeta.MediaStorageSOPInstanceUID!;
}
