using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;

namespace PacsTools.Interop.Tests.Services;

/// <summary>An Orthanc with five thousand studies of one tiny instance each, started when first asked for and shared by the tests of a class.</summary>
public sealed class StudyArchive : IAsyncDisposable
{
    public const int Count = 5000;
    private readonly Lazy<Task<OrthancPeer>> _peer = new(StartAsync);

    public Task<OrthancPeer> Peer => _peer.Value;

    public static TestStudyOptions Study(int number) => TestStudy.Tiny(1, seed: number) with
    {
        PatientID = $"P{number:0000}",
        PatientName = $"DOE^NUMBER {number:0000}",
        StudyDate = $"2024{1 + number % 12:00}{1 + number % 28:00}",
    };

    public async ValueTask DisposeAsync()
    {
        if (_peer.IsValueCreated && _peer.Value.IsCompletedSuccessfully)
            await (await _peer.Value).DisposeAsync();
    }

    private static async Task<OrthancPeer> StartAsync()
    {
        OrthancPeer peer = await OrthancPeer.StartAsync(new OrthancOptions { Verbose = true });
        await peer.UploadAsync(Enumerable.Range(1, Count).Select(n => TestStudy.CreateOne(Study(n)).ToFile()));
        return peer;
    }
}
