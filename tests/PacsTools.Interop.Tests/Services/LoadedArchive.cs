using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Services;

/// <summary>Either archive, loaded with studies, knowing one or more move destinations.</summary>
internal sealed class LoadedArchive : IAsyncDisposable
{
    private readonly TemporaryFolder _files = new("loaded");

    private LoadedArchive()
    {
    }

    public ExternalPeer Peer { get; private set; } = null!;

    public static async Task<LoadedArchive> StartAsync(string server, bool noDelay, IReadOnlyList<TestStudyOptions> studies, params MoveDestination[] destinations)
    {
        var archive = new LoadedArchive();
        try
        {
            if (server == "orthanc")
            {
                OrthancPeer orthanc = await OrthancPeer.StartAsync(new OrthancOptions { NoDelay = noDelay, MoveDestinations = destinations });
                archive.Peer = orthanc;
                await orthanc.UploadAsync(studies.SelectMany(TestStudy.Create).Select(i => i.ToFile()));
            }
            else
            {
                DcmqrscpPeer dcmqrscp = await DcmqrscpPeer.StartAsync(new DcmqrscpOptions { NoDelay = noDelay, MoveDestinations = destinations });
                archive.Peer = dcmqrscp;
                await dcmqrscp.IndexAsync(studies.SelectMany(s => TestStudy.Save(s, archive._files.Path)));
            }
            return archive;
        }
        catch
        {
            await archive.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Peer is not null)
            await Peer.DisposeAsync();
        _files.Dispose();
    }
}
