using PacsTools.Services.Simulation;
using PacsTools.Services.Simulation.TestData;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Simulation;

/// <summary>A simulator over a folder of a few synthetic studies, everything gone when disposed.</summary>
internal sealed class SimulatorFixture : IDisposable
{
    private SimulatorFixture(TemporaryFolder folder, PacsSimulator simulator)
    {
        Folder = folder;
        Simulator = simulator;
    }

    public TemporaryFolder Folder { get; }

    public PacsSimulator Simulator { get; }

    public int Port => Simulator.Port;

    public string AETitle => Simulator.AETitle;

    /// <summary>The folder that is served.</summary>
    public string Files => Folder["files"];

    public static SimulatorFixture Start(PacsSimulatorOptions options, params SyntheticStudyOptions[] studies)
    {
        var folder = new TemporaryFolder("simulator");
        string files = folder.Create("files");
        foreach (SyntheticStudyOptions study in studies)
            _ = SyntheticStudy.Save(study, files).Count();
        return new SimulatorFixture(folder, PacsSimulator.Start(options with { Path = files }));
    }

    /// <summary>One CT study of some instances, sixteen pixels each.</summary>
    public static SyntheticStudyOptions Tiny(int instances = 4, int series = 1, int seed = 1) => new()
    {
        Seed = seed,
        Series = series,
        Instances = instances,
        Rows = 4,
        Columns = 4,
        StudyInstanceUID = StudyUid(seed),
        PatientID = $"P{seed}",
        PatientName = $"DOE^NUMBER{seed}",
    };

    public static string StudyUid(int seed = 1) => $"1.2.826.0.1.3680043.9.7307.2.{seed}";

    public static string SeriesUid(int series = 1, int seed = 1) => SeededNumbers.Uid("series", StudyUid(seed), series);

    public static string InstanceUid(int instance = 1, int series = 1, int seed = 1) => SeededNumbers.Uid("instance", StudyUid(seed), series, instance);

    /// <summary>A simulator's way to reach one peer.</summary>
    public static Dictionary<string, MoveTarget> Destination(string aeTitle, int port) => new() { [aeTitle] = new MoveTarget("127.0.0.1", port) };

    public void Dispose()
    {
        Simulator.Dispose();
        Folder.Dispose();
    }
}
