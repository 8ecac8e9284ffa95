using System.Net;
using Microsoft.Extensions.Time.Testing;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;
using PacsTools.Services.Tests.Storage;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Processes;

namespace PacsTools.Services.Tests.Retrieve;

/// <summary>A Storage SCP of the test's own, a destination, and time that only the test moves.</summary>
public abstract class RetrieveTestBase : IDisposable
{
    private protected static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private protected RetrieveTestBase()
    {
        Scp = Scps.Start(new StorageScpOptions { AETitle = "STORE_SCP", Port = 0, BindAddress = IPAddress.Loopback });
        Coordinator = new RetrieveCoordinator(new DirectAssociations(Time), Scps, Time);
    }

    private protected TemporaryFolder Folder { get; } = new();

    private protected FakeTimeProvider Time { get; } = new();

    private protected StorageScpRegistry Scps { get; } = new();

    private protected StorageScp Scp { get; }

    private protected RecordingLog Log { get; } = new();

    private protected RetrieveCoordinator Coordinator { get; }

    private protected static IReadOnlyList<TestInstance> Instances(int count, int seed = 1) => [.. TestStudy.Create(TestStudy.Tiny(count, seed))];

    private protected RetrieveRequest Request(FakeArchive archive, IReadOnlyList<TestInstance> instances) => new()
    {
        Node = archive.Node,
        StudyInstanceUID = instances[0].StudyInstanceUID,
        Destination = Folder["out"],
        Method = RetrieveMethod.CMove,
        Retry = new RetryPolicy(0, Time),
    };

    private protected RetrieveRun Start(RetrieveRequest request, CancellationToken cancellationToken = default) => Coordinator.Start(request, Log, cancellationToken);

    private protected Task<DicomRetrieveReport> Report(RetrieveRequest request) => Start(request).DrainAsync().WaitAsync(Bound);

    /// <summary>Everything that came, and the error that ended it.</summary>
    private protected static async Task<(List<DicomInstanceFile> Files, Exception? Error)> Collect(RetrieveRun run)
    {
        var files = new List<DicomInstanceFile>();
        try
        {
            await foreach (var file in run.Instances)
                files.Add(file);
            return (files, null);
        }
        catch (Exception e)
        {
            return (files, e);
        }
    }

    /// <summary>Lets time pass until the task has ended.</summary>
    private protected async Task<T> Pass<T>(Task<T> task, int step = 1)
    {
        await Eventually.TrueAsync(
            () =>
            {
                Time.Advance(TimeSpan.FromSeconds(step));
                return task.IsCompleted;
            },
            "the job ends");
        return await task;
    }

    private protected List<string> Files(string folder = "out") =>
        Directory.Exists(Folder[folder]) ? [.. Directory.EnumerateFiles(Folder[folder], "*", SearchOption.AllDirectories)] : [];

    private protected void AssertHere(IReadOnlyList<TestInstance> instances, string folder = "out")
    {
        Assert.Equal(instances.Count, Files(folder).Count);
        Assert.All(instances, i => Assert.Equal(i.DataSet, TestInstance.DataSetOf(Folder[folder, i.StudyInstanceUID, i.SeriesInstanceUID, i.SOPInstanceUID + ".dcm"])));
    }

    public void Dispose()
    {
        Scps.StopAll();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
