using PacsTools.Benchmarks.Data;
using PacsTools.Benchmarks.Running;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;

namespace PacsTools.Benchmarks.Peers;

/// <summary>Others' archives, loaded.</summary>
internal static class Archives
{
    /// <summary>An Orthanc with these files, which may know where to move to.</summary>
    public static async Task<OrthancPeer> OrthancAsync(Resources scope, bool noDelay, IEnumerable<Load> loads, params MoveDestination[] destinations)
    {
        OrthancPeer peer = scope.Add(await OrthancPeer.StartAsync(new OrthancOptions { NoDelay = noDelay, DicomWeb = true, MoveDestinations = destinations }));
        await peer.UploadAsync(loads.SelectMany(l => l.Paths).Select(File.ReadAllBytes));
        return peer;
    }

    /// <summary>A dcmqrscp over these files.</summary>
    public static async Task<DcmqrscpPeer> DcmqrscpAsync(Resources scope, Load load, params MoveDestination[] destinations)
    {
        DcmqrscpPeer peer = scope.Add(await DcmqrscpPeer.StartAsync(new DcmqrscpOptions { NoDelay = true, MoveDestinations = destinations }));
        await peer.IndexAsync(load.Paths);
        return peer;
    }

    /// <summary>The one series of a generated study.</summary>
    public static string SeriesOf(Load load) => TestUid.From($"{load.StudyInstanceUID} 1");
}
