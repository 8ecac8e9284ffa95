using System.Net;
using System.Net.Sockets;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Simulation;
using PacsTools.Services.Simulation.TestData;
using PacsTools.TestKit.Processes;

namespace PacsTools.Services.Tests.Simulation;

/// <summary>The life of simulators: many at a time, gone without a trace.</summary>
public sealed class SimulatorTests
{
    [Fact]
    public void Several_run_at_once_on_ports_of_their_own()
    {
        using PacsSimulator first = PacsSimulator.Start(new PacsSimulatorOptions());
        using PacsSimulator second = PacsSimulator.Start(new PacsSimulatorOptions { AETitle = "OTHER" });
        using PacsSimulator third = PacsSimulator.Start(new PacsSimulatorOptions());
        Assert.Equal(3, new[] { first.Port, second.Port, third.Port }.Distinct().Count());
        Assert.Equal("OTHER@127.0.0.1:" + second.Port, second.ToString());
        Assert.Superset(new HashSet<PacsSimulator> { first, second, third }, PacsSimulatorRegistry.Shared.All.ToHashSet());
    }

    [Fact]
    public void Stop_frees_the_port_at_once_and_leaves_nothing()
    {
        PacsSimulator simulator = PacsSimulator.Start(new PacsSimulatorOptions { TestData = true });
        Assert.Equal((12, 54), (simulator.Studies, simulator.Instances));
        Assert.NotEmpty(Directory.GetFileSystemEntries(simulator.PrivateFolder));
        simulator.Stop();
        Assert.False(simulator.IsRunning);
        Assert.False(Directory.Exists(simulator.PrivateFolder));
        Assert.DoesNotContain(simulator, PacsSimulatorRegistry.Shared.All);
        using PacsSimulator again = PacsSimulator.Start(new PacsSimulatorOptions { Port = simulator.Port });
        simulator.Stop();
        Assert.True(again.IsRunning);
    }

    [Fact]
    public void A_port_that_is_taken_is_an_error()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        int port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        var error = Assert.Throws<DicomNetworkException>(() => PacsSimulator.Start(new PacsSimulatorOptions { Port = port }));
        Assert.Equal(NetworkFailure.PortInUse, error.Failure);
        Assert.DoesNotContain(PacsSimulatorRegistry.Shared.All, s => s.Port == port);
    }

    [Fact]
    public void A_folder_may_hold_anything()
    {
        using var folder = new TemporaryFolder();
        _ = SyntheticStudy.Save(new SyntheticStudyOptions { Rows = 4, Columns = 4, Instances = 3, Series = 2 }, folder.Create("deep")).Count();
        File.WriteAllText(folder["readme.txt"], "no instance");
        File.WriteAllBytes(folder["empty"], []);
        File.WriteAllBytes(folder["noise.dcm"], [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 31))]);
        string cut = Directory.EnumerateFiles(folder["deep"], "*.dcm", SearchOption.AllDirectories).First();
        File.WriteAllBytes(folder["cut.dcm"], File.ReadAllBytes(cut)[..200]);
        var log = new RecordingLog();
        using PacsSimulator simulator = PacsSimulator.Start(new PacsSimulatorOptions { Path = folder.Path }, log);
        Assert.Equal((1, 6), (simulator.Studies, simulator.Instances));
        Assert.Contains(log.Verboses, v => v.StartsWith("3 files", StringComparison.Ordinal));
        Assert.True(log.Progresses.Last().Completed);
    }

    [Fact]
    public void A_link_in_a_circle_ends()
    {
        using var folder = new TemporaryFolder();
        _ = SyntheticStudy.Save(new SyntheticStudyOptions { Rows = 4, Columns = 4 }, folder.Create("files")).Count();
        try
        {
            Directory.CreateSymbolicLink(folder["files", "up"], folder.Path);
        }
        catch (IOException)
        {
            Assert.Skip("This user may not make links.");
        }
        using PacsSimulator simulator = PacsSimulator.Start(new PacsSimulatorOptions { Path = folder.Path });
        Assert.Equal(1, simulator.Instances);
    }

    [Fact]
    public void Options_that_contradict_each_other_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PacsSimulator.Start(new PacsSimulatorOptions { Writable = true }));
        Assert.Throws<DirectoryNotFoundException>(() => PacsSimulator.Start(new PacsSimulatorOptions { Path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString()) }));
    }

    [Fact]
    public void Indexing_can_be_cancelled()
    {
        using var folder = new TemporaryFolder();
        _ = SyntheticStudy.Save(new SyntheticStudyOptions { Rows = 4, Columns = 4 }, folder.Path).Count();
        Assert.Throws<OperationCanceledException>(() => PacsSimulator.Start(new PacsSimulatorOptions { Path = folder.Path }, null, new CancellationToken(canceled: true)));
    }
}
