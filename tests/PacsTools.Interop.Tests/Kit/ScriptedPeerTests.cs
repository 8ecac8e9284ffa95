using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Interop.Tests.Kit;

/// <summary>The raw peer speaks DICOM well enough for DCMTK, in both roles.</summary>
public sealed class ScriptedPeerTests
{
    private const string Verification = "1.2.840.10008.1.1";

    [Fact]
    public async Task Echoscu_is_answered_by_a_script()
    {
        Requirement.Dcmtk();
        await using ScriptedPeer peer = ScriptedPeer.Listen(async connection =>
        {
            RawAssociate request = await connection.AcceptAssociationAsync();
            Assert.Equal("SCRIPT", request.CalledAETitle);
            RawMessage echo = await connection.ReadMessageAsync();
            Assert.Equal(RawCommand.CEchoRq, echo.Command.CommandField);
            await connection.SendMessageAsync(echo.ContextId, echo.Command.Response(0));
            await connection.AnswerReleaseAsync();
        });
        (await Dcmtk.EchoscuAsync(peer.Port, "SCRIPT")).EnsureSuccess();
        await peer.Completion;
    }

    [Fact]
    public async Task Storescp_takes_an_instance_from_a_script()
    {
        Requirement.Dcmtk();
        await using StorescpPeer storescp = await StorescpPeer.StartAsync();
        TestInstance instance = TestStudy.CreateOne(new TestStudyOptions { Rows = 64, Columns = 64, ExplicitVR = false });
        await using ScriptedConnection connection = await ScriptedConnection.ConnectAsync(storescp.Port);
        RawPdu answer = await connection.RequestAssociationAsync(new RawAssociate
        {
            CalledAETitle = storescp.AETitle,
            Contexts = [new RawContext(1, instance.SOPClassUID, [RawAssociate.ImplicitLittleEndian])],
        });
        Assert.Equal(RawPdu.AssociateAc, answer.Type);
        await connection.SendMessageAsync(1, instance.ToCStore(1), instance.DataSet, fragment: 1000);
        Assert.Equal((ushort)0, (await connection.ReadMessageAsync()).Command.Status);
        await connection.ReleaseAsync();
        string file = Assert.Single(Directory.GetFiles(storescp.Received));
        Assert.Equal(instance.DataSet, TestInstance.DataSetOf(file));
    }

    [Fact]
    public async Task A_failing_script_fails_the_test_that_disposes_the_peer()
    {
        ScriptedPeer peer = ScriptedPeer.Listen(connection => connection.ExpectAsync(RawPdu.AssociateRq));
        await using (ScriptedConnection connection = await ScriptedConnection.ConnectAsync(peer.Port))
            await connection.SendAsync(RawPdu.Release);
        await Assert.ThrowsAsync<InvalidDataException>(() => peer.Completion);
        await Assert.ThrowsAsync<InvalidDataException>(async () => await peer.DisposeAsync());
    }

    [Fact]
    public async Task A_rejection_reads_as_one()
    {
        Requirement.Dcmtk();
        await using ScriptedPeer peer = ScriptedPeer.Listen(async connection =>
        {
            await connection.ExpectAsync(RawPdu.AssociateRq);
            await connection.SendAsync(RawPdu.Reject(1, 1, 7));
        });
        ToolResult echo = await Dcmtk.EchoscuAsync(peer.Port, "WRONG");
        Assert.NotEqual(0, echo.ExitCode);
        Assert.Contains("Called AE Title Not Recognized", echo.AllOutput, StringComparison.OrdinalIgnoreCase);
        await peer.Completion;
    }
}
