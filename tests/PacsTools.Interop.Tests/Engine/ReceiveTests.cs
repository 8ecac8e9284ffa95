using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Engine;

/// <summary>DCMTK's clients talk to the engine's listener.</summary>
public sealed class ReceiveTests
{
    public static TheoryData<string> Syntaxes => [.. StorescuSyntax.All.Select(s => s.Option)];

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public async Task Storescu_sends_every_transfer_syntax_and_every_byte_arrives(string option)
    {
        Requirement.Dcmtk();
        StorescuSyntax syntax = StorescuSyntax.All.Single(s => s.Option == option);
        using var folder = new TemporaryFolder();
        string file = await syntax.CreateFileAsync(folder.Path);
        using var scp = new CollectingScp();
        (await Dcmtk.StorescuAsync(scp.Port, "ANY", [file], options: [option])).EnsureSuccess();
        var received = Assert.Single(scp.Received);
        Assert.Equal(syntax.TransferSyntaxUID, received.TransferSyntaxUID);
        byte[] sent = TestInstance.DataSetOf(file);
        if (syntax.TransferSyntaxUID == EncapsulatedInstance.DeflatedExplicitLittleEndian)
            Assert.Equal(EncapsulatedInstance.Inflate(sent), EncapsulatedInstance.Inflate(received.DataSet));
        else
            Assert.Equal(sent, received.DataSet);
        Assert.Empty(scp.Failures);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Many_small_instances_come_without_stalls(bool noDelay)
    {
        Requirement.Dcmtk();
        const int count = 100;
        using var folder = new TemporaryFolder();
        TestStudy.Save(TestStudy.Tiny(count), folder.Path);
        using var scp = new CollectingScp();
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        (await Dcmtk.StorescuAsync(scp.Port, "ANY", [folder.Path], noDelay, ["--scan-directories"])).EnsureSuccess();
        TimeSpan took = System.Diagnostics.Stopwatch.GetElapsedTime(start);
        Assert.Equal(count, scp.Received.Count);
        // A sender with Nagle on waits 40 ms for every message of a receiver that delays its acknowledgements: 4 s for these.
        Assert.True(took < TimeSpan.FromSeconds(count * 0.03), $"{count} instances took {took.TotalSeconds:0.00} s");
    }

    [Fact]
    public async Task Echoscu_is_answered()
    {
        Requirement.Dcmtk();
        using var scp = new CollectingScp();
        (await Dcmtk.EchoscuAsync(scp.Port, "ANY", options: ["--repeat", "5"])).EnsureSuccess();
        Assert.Empty(scp.Failures);
    }

    [Fact]
    public async Task An_aborting_sender_is_noted_and_the_listener_lives_on()
    {
        Requirement.Dcmtk();
        using var scp = new CollectingScp();
        await Dcmtk.EchoscuAsync(scp.Port, "ANY", options: ["--abort"]);
        await Eventually.TrueAsync(() => scp.Failures.Count == 1, "the abort noted");
        (await Dcmtk.EchoscuAsync(scp.Port, "ANY")).EnsureSuccess();
    }
}
