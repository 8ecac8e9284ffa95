using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Files;
using PacsTools.Services.Sending;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Processes;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Sending;

/// <summary>Nothing broken goes out as if it were whole, and nothing counts as stored that the archive did not say of that very instance.</summary>
public sealed class SendTruthTests : SendTestBase
{
    [Fact]
    public async Task An_answer_for_another_instance_is_none()
    {
        var files = Files(3);
        var answered = 0;
        await using var peer = ScriptedPeer.ListenForever(async connection =>
        {
            await connection.AcceptAssociationAsync();
            while (true)
            {
                RawMessage message;
                try
                {
                    message = await connection.ReadMessageAsync();
                }
                catch (InvalidDataException)
                {
                    return;
                }

                var response = message.Command.Response(0);
                await connection.SendMessageAsync(message.ContextId, answered++ == 1 ? response.Set(0x1000, "1.2.3.4") : response);
            }
        });
        var reports = await SendAsync(To(peer), files);
        Assert.Equal([SendOutcome.Stored, SendOutcome.Failed, SendOutcome.Stored], reports.Select(r => r.Result!.Outcome));
        Assert.Contains("1.2.3.4", Assert.IsType<DicomProtocolException>(reports[1].Error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_may_leave_the_instance_out()
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            await connection.AcceptAssociationAsync();
            var message = await connection.ReadMessageAsync();
            await connection.SendMessageAsync(message.ContextId, message.Command.Response(0).Remove(0x1000).Remove(0x0002));
            await connection.AnswerReleaseAsync();
        });
        Assert.Equal(SendOutcome.Stored, Assert.Single(await SendAsync(To(peer), Files(1))).Result!.Outcome);
    }

    [Theory]
    [InlineData("pixels")]
    [InlineData("fragments")]
    [InlineData("header")]
    public async Task A_file_that_is_cut_off_is_not_sent(string where)
    {
        var whole = where == "fragments" ? EncapsulatedInstance.Create("1.2.840.10008.1.2.4.70") : TestStudy.CreateOne(new TestStudyOptions { Rows = 32, Columns = 32 });
        var cut = whole with { DataSet = whole.DataSet[..(where == "header" ? 301 : whole.DataSet.Length - 600)] };
        var file = cut.Save(Folder.Path);
        await using var peer = ScriptedPeer.ListenForever(Archive());
        var report = Assert.Single(await SendAsync(To(peer), file));
        Assert.Equal((null, "Send.Damaged"), (report.Result, Assert.IsType<SendException>(report.Error).Id));
        Assert.Contains(file, report.Error!.Message, StringComparison.Ordinal);
        Assert.Empty(Got);
    }

    [Fact]
    public async Task A_data_set_in_another_encoding_than_its_file_says_is_written_as_it_says()
    {
        var explicitVR = TestStudy.CreateOne(TestStudy.Tiny(1));
        var implicitVR = TestStudy.CreateOne(TestStudy.Tiny(1) with { ExplicitVR = false });
        var file = (explicitVR with { TransferSyntaxUID = TestStudy.ImplicitLittleEndian }).Save(Folder.Path);
        await using var peer = ScriptedPeer.Listen(Archive());
        var report = Assert.Single(await SendAsync(To(peer), file));
        Assert.Equal((SendOutcome.Stored, TestStudy.ImplicitLittleEndian), (report.Result!.Outcome, report.Result.TransferSyntaxUID));
        Assert.Equal(implicitVR.DataSet, Assert.Single(Got).DataSet);
    }

    [Fact]
    public async Task Files_without_preamble_or_meta_information_are_sent()
    {
        var one = TestStudy.CreateOne(TestStudy.Tiny(1));
        var two = TestStudy.CreateOne(TestStudy.Tiny(1, 2) with { ExplicitVR = false });
        string[] files = [Folder["bare"], Folder["implicit"], Folder["meta"]];
        await File.WriteAllBytesAsync(files[0], one.DataSet, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(files[1], two.DataSet, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(files[2], one.ToFile()[128..], TestContext.Current.CancellationToken);
        await using var peer = ScriptedPeer.Listen(Archive(answer: c => new RawContextAnswer(c.Id, 0, c.TransferSyntaxes[0])));
        var reports = await SendAsync(To(peer), files);
        Assert.All(reports, r => Assert.Equal(SendOutcome.Stored, r.Result!.Outcome));
        Assert.Equal([one.DataSet, two.DataSet, one.DataSet], Got.Select(m => m.DataSet));
    }

    [Fact]
    public async Task Pipes_broken_links_and_folders_hold_nobody_up()
    {
        Requirement.That("a system with pipes", OperatingSystem.IsLinux(), "mkfifo is needed.");
        var good = Files(2);
        (await Tool.RunAsync("mkfifo", Folder["pipe.dcm"])).EnsureSuccess();
        File.CreateSymbolicLink(Folder["link-to-pipe.dcm"], Folder["pipe.dcm"]);
        File.CreateSymbolicLink(Folder["broken.dcm"], Folder["nothing"]);
        File.CreateSymbolicLink(Folder["loop.dcm"], Folder["loop.dcm"]);
        File.CreateSymbolicLink(Folder["link.dcm"], good[1]);
        Directory.CreateDirectory(Folder["folder.dcm"]);
        string[] bad = ["pipe.dcm", "link-to-pipe.dcm", "broken.dcm", "loop.dcm", "folder.dcm"];
        await using var peer = ScriptedPeer.Listen(Archive());
        var reports = await SendAsync(To(peer), [.. bad.Select(b => Folder[b]), good[0], Folder["link.dcm"]]);
        Assert.Equal([good[0], Folder["link.dcm"]], reports.Where(r => r.Result?.Outcome == SendOutcome.Stored).Select(r => r.Path));
        Assert.Equal(["Send.CannotRead", "Send.CannotRead", "Send.CannotRead", "Send.NotDicom", "Send.NotDicom"],
            reports.Where(r => r.Result is null).Select(r => Assert.IsType<SendException>(r.Error).Id).Order());
    }

    [Fact]
    public async Task What_is_elsewhere_is_never_converted()
    {
        const string jpip = "1.2.840.10008.1.2.4.94";
        var file = (TestStudy.CreateOne(TestStudy.Tiny(1)) with { TransferSyntaxUID = jpip }).Save(Folder.Path);
        await using var peer = ScriptedPeer.ListenForever(Archive(answer: c => Only(c, TestStudy.ExplicitLittleEndian)));
        var report = Assert.Single(await SendAsync(To(peer), file));
        Assert.Equal("Send.NotAccepted", Assert.IsType<SendException>(report.Error).Id);
        Assert.Empty(Got);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Large_files_are_converted_with_their_pixels_on_disk(bool odd)
    {
        var plain = TestStudy.CreateOne(new TestStudyOptions { Rows = 1200, Columns = 1200 });
        var target = TestStudy.CreateOne(new TestStudyOptions { Rows = 1200, Columns = 1200, ExplicitVR = false });
        // Something behind the pixels, and an odd length of them, which some writers leave.
        byte[] tail = odd ? [] : [0xFC, 0xFF, 0xFC, 0xFF, (byte)'O', (byte)'B', 0, 0, 4, 0, 0, 0, 0, 0, 0, 0];
        byte[] tailImplicit = odd ? [] : [0xFC, 0xFF, 0xFC, 0xFF, 4, 0, 0, 0, 0, 0, 0, 0];
        var data = odd ? WithOddPixels(plain.DataSet) : [.. plain.DataSet, .. tail];
        await using var peer = ScriptedPeer.Listen(Archive(answer: c => Only(c, TestStudy.ImplicitLittleEndian)));
        var report = Assert.Single(await SendAsync(To(peer), (plain with { DataSet = data }).Save(Folder.Path)));
        Assert.Equal((SendOutcome.Stored, TestStudy.ExplicitLittleEndian), (report.Result!.Outcome, report.Result.ConvertedFrom));
        byte[] expected = [.. target.DataSet, .. tailImplicit];
        if (odd)
            expected[^1] = 0;
        Assert.Equal(expected, Assert.Single(Got).DataSet);
    }

    [Fact]
    public async Task Big_endian_is_converted_too()
    {
        var plain = TestStudy.CreateOne(TestStudy.Tiny(1));
        var source = DicomFile.Open(plain.Save(Folder.Path), new DicomFileReadOptions { ReadPixelData = true });
        var file = Folder["big.dcm"];
        DicomFile.Save(file, new FileMetaInformation { TransferSyntaxUID = TransferSyntax.ExplicitVRBigEndian.UID }, source.Dataset);
        await using var peer = ScriptedPeer.Listen(Archive(answer: c => Only(c, TestStudy.ExplicitLittleEndian)));
        var report = Assert.Single(await SendAsync(To(peer), file));
        Assert.Equal((SendOutcome.Stored, TransferSyntax.ExplicitVRBigEndian.UID), (report.Result!.Outcome, report.Result.ConvertedFrom));
        Assert.Equal(DatasetWriter.Write(source.Dataset, TransferSyntax.ExplicitVRLittleEndian), Assert.Single(Got).DataSet);
    }

    // The last byte goes, and the length with it.
    private static byte[] WithOddPixels(byte[] data)
    {
        byte[] odd = data[..^1];
        var at = odd.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xE0, 0x7F, 0x10, 0x00, (byte)'O', (byte)'W']) + 8;
        BitConverter.TryWriteBytes(odd.AsSpan(at), BitConverter.ToInt32(odd, at) - 1);
        return odd;
    }
}
