using PacsTools.Services.Storage;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Services;

/// <summary>storescu sends to the Storage SCP: every transfer syntax, into files that DCMTK reads.</summary>
public sealed class StorageScpTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("scp");
    private readonly StorageScpRegistry _registry = new();

    public static TheoryData<string> Syntaxes => [.. StorescuSyntax.All.Select(s => s.Option)];

    private string Received => _folder["received"];

    public void Dispose()
    {
        _registry.StopAll();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public async Task Every_transfer_syntax_is_kept_as_it_came(string option)
    {
        Requirement.Dcmtk();
        StorescuSyntax syntax = StorescuSyntax.All.Single(s => s.Option == option);
        string file = await syntax.CreateFileAsync(_folder.Create("sent"));
        StorageScp scp = Start();
        (await Dcmtk.StorescuAsync(scp.Port, scp.AETitle, [file], options: [option])).EnsureSuccess();
        string received = Assert.Single(ReceivedFiles.In(Received));
        byte[] sent = TestInstance.DataSetOf(file), kept = TestInstance.DataSetOf(received);
        if (syntax.TransferSyntaxUID == EncapsulatedInstance.DeflatedExplicitLittleEndian)
            Assert.Equal(EncapsulatedInstance.Inflate(sent), EncapsulatedInstance.Inflate(kept));
        else
            Assert.Equal(sent, kept);
        await Dcmtk.TestFilesAsync([received]);
        await Dcmtk.DumpAllAsync([received]);
        Assert.Contains(syntax.TransferSyntaxUID, await FileMetaAsync(received), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Many_instances_come_without_stalls(bool noDelay)
    {
        Requirement.Dcmtk();
        const int count = 100;
        TestStudyOptions study = TestStudy.Tiny(count);
        TestStudy.Save(study, _folder["sent"]);
        StorageScp scp = Start();
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        (await Dcmtk.StorescuAsync(scp.Port, scp.AETitle, [_folder["sent"]], noDelay, ["--scan-directories"])).EnsureSuccess();
        TimeSpan took = System.Diagnostics.Stopwatch.GetElapsedTime(start);
        ReceivedFiles.AssertExactly(Received, TestStudy.Create(study));
        Assert.Equal(count, scp.Received);
        // 40 ms for every message of a sender with Nagle on, where acknowledgements are delayed.
        Assert.True(took < TimeSpan.FromSeconds(count * 0.03), $"{count} instances took {took.TotalSeconds:0.00} s");
    }

    [Fact]
    public async Task What_nobody_waits_for_is_refused()
    {
        Requirement.Dcmtk();
        string file = TestStudy.CreateOne(TestStudy.Tiny(1)).Save(_folder.Create("sent"));
        StorageScp scp = _registry.Start(new StorageScpOptions { Port = 0, BindAddress = System.Net.IPAddress.Loopback });
        ToolResult result = await Dcmtk.StorescuAsync(scp.Port, scp.AETitle, [file], options: ["--verbose"]);
        Assert.Contains("0x124", result.AllOutput, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, scp.Refused);
        (await Dcmtk.EchoscuAsync(scp.Port, scp.AETitle)).EnsureSuccess();
    }

    [Fact]
    public async Task A_wrong_called_ae_title_is_rejected()
    {
        Requirement.Dcmtk();
        StorageScp scp = Start();
        ToolResult result = await Dcmtk.EchoscuAsync(scp.Port, "SOMEBODY");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("Called AE Title Not Recognized", result.AllOutput, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_sender_that_dies_in_the_middle_leaves_no_file()
    {
        Requirement.Dcmtk();
        string big = _folder["big.dcm"];
        BigInstance.Save(big, 256L << 20);
        StorageScp scp = Start();
        await using ExternalProcess sender = ExternalProcess.Start(new ProcessSpec(
            ProgramFinder.Get("storescu"),
            ["--call", scp.AETitle, "127.0.0.1", scp.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), big]));
        await Eventually.TrueAsync(() => Directory.Exists(Received) && ReceivedFiles.In(Received).Any(f => new FileInfo(f).Length > 1 << 20), "the first megabyte", details: sender.Output.ToString);
        sender.Kill();
        await Eventually.TrueAsync(() => scp.Associations == 0, "the association gone");
        Assert.Empty(ReceivedFiles.In(Received));
        Assert.Equal(0, scp.Received);
    }

    private StorageScp Start() => _registry.Start(new StorageScpOptions
    {
        Port = 0,
        BindAddress = System.Net.IPAddress.Loopback,
        Accept = StorageScpAccept.Any,
        Path = Received,
    });

    private static async Task<string> FileMetaAsync(string path) =>
        (await Tool.RunAsync("dcmdump", "--print-all", "-Un", "--search", "0002,0010", path)).EnsureSuccess().StandardOutput;
}
