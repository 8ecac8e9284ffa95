using System.Net;
using System.Net.Sockets;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Simulation;
using PacsTools.Services.Storage;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Hostile;

/// <summary>Our requestors, each of which is sent to a hostile acceptor; and a Storage SCP for what a C-MOVE brings.</summary>
public sealed class ScuTarget : HostileTarget
{
    private readonly PacsSimulator _honest;

    public ScuTarget()
    {
        File = TestStudy.CreateOne(TestStudy.Tiny(1, 77) with { ExplicitVR = false });
        FilePath = File.Save(Folder["files"]);
        Scp = Scps.Start(new StorageScpOptions { AETitle = "STORE_SCP", Port = 0, BindAddress = IPAddress.Loopback });
        Coordinator = new RetrieveCoordinator(new DirectAssociations(Time), Scps, Time);
        _honest = PacsSimulator.Start(new PacsSimulatorOptions { Path = Folder["files"] });
    }

    /// <summary>What is sent.</summary>
    internal TestInstance File { get; }

    internal string FilePath { get; }

    internal StorageScpRegistry Scps { get; } = new();

    internal StorageScp Scp { get; }

    internal RetrieveCoordinator Coordinator { get; }

    internal RecordingLog Log { get; } = new();

    internal static PacsNode Node(int port) => new() { HostName = "127.0.0.1", Port = port, CalledAETitle = "ARCHIVE", CallingAETitle = "TEST_CALLER" };

    internal RetrieveRequest Retrieve(int port, RetrieveMethod method) => new()
    {
        Node = Node(port),
        StudyInstanceUID = "1.2.3.4",
        Destination = Folder["out"],
        Method = method,
        NoVerify = true,
        Retry = RetryPolicy.None,
    };

    internal List<string> Received() => Directory.Exists(Folder["out"]) ? [.. Directory.EnumerateFiles(Folder["out"], "*", SearchOption.AllDirectories)] : [];

    /// <summary>Runs one operation against a script, and says what its user is told.</summary>
    internal async Task<string> RunAsync(ScuOperation operation, Func<ScriptedConnection, Task> script, bool time = false)
    {
        // Time passes from where the script wants it to: not while an association that is to be made is still being made.
        var reached = new TaskCompletionSource<ScriptedConnection>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var peer = Listen(c =>
        {
            reached.TrySetResult(c);
            return script(c);
        });
        var running = operation.Run(this, peer.Port);
        if (time)
        {
            await (await reached.Task.WaitAsync(TimeSpan.FromSeconds(30))).Reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
            return Told.Describe(await PassAsync(running, 30));
        }

        return Told.Describe(await running.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    /// <summary>Runs every operation against a script.</summary>
    internal async Task<string> RunAllAsync(Func<ScriptedConnection, Task> script, bool time = false)
    {
        List<string> told = [];
        foreach (var operation in ScuOperation.All)
            told.Add(await RunAsync(operation, script, time));
        return Heard.Together(told);
    }

    /// <summary>A peer whose script may come to its end in any way.</summary>
    internal ScriptedPeer Listen(Func<ScriptedConnection, Task> script) => ScriptedPeer.ListenForever(async connection =>
    {
        try
        {
            await script(Track(connection));
        }
        catch (Exception e) when (e is SocketException or EndOfStreamException or InvalidDataException)
        {
            // We left before the script was through.
        }
    });

    internal override async Task ServeHonestAsync()
    {
        Assert.Equal("success", Told.Describe(await ScuOperation.Echo.Run(this, _honest.Port).WaitAsync(TimeSpan.FromSeconds(30))));
        Assert.Equal("success", Told.Describe(await ScuOperation.Find.Run(this, _honest.Port).WaitAsync(TimeSpan.FromSeconds(30))));
        Assert.Equal("success", Told.Describe(await ScuOperation.Send.Run(this, _honest.Port).WaitAsync(TimeSpan.FromSeconds(30))));
    }

    internal override IEnumerable<string> Remains()
    {
        if (Scp.Associations > 0)
            yield return $"{Scp.Associations} associations";
        foreach (var file in Received().Where(f => !f.EndsWith(".dcm", StringComparison.Ordinal)))
            yield return file;
        foreach (var beside in Directory.GetFileSystemEntries(Folder.Path).Where(e => e != Folder["files"] && e != Folder["out"]))
            yield return beside;
    }

    public override void Dispose()
    {
        _honest.Dispose();
        Scps.StopAll();
        base.Dispose();
    }
}
