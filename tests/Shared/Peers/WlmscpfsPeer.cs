using System.Globalization;
using PacsTools.TestKit.Processes;

namespace PacsTools.TestKit.Peers;

/// <summary>DCMTK's worklist server with a few items, each made by dump2dcm from its own text.</summary>
public sealed class WlmscpfsPeer : ExternalPeer
{
    private readonly IReadOnlyList<WorklistEntry> _entries;

    private WlmscpfsPeer(IReadOnlyList<WorklistEntry> entries)
        : base("WORKLIST", "wlmscpfs") => _entries = entries;

    public static async Task<WlmscpfsPeer> StartAsync(IReadOnlyList<WorklistEntry> entries)
    {
        Requirement.Worklists();
        var peer = new WlmscpfsPeer(entries);
        string folder = peer.Folder.Create(Path.Combine("worklists", peer.AETitle));
        // Without this file the folder is no worklist to wlmscpfs.
        File.WriteAllText(Path.Combine(folder, "lockfile"), "");
        foreach ((WorklistEntry entry, int number) in entries.Select((entry, i) => (entry, i)))
        {
            string dump = peer.Folder[$"item{number}.dump"];
            await File.WriteAllTextAsync(dump, entry.ToDump()).ConfigureAwait(false);
            (await Tool.RunAsync("dump2dcm", dump, Path.Combine(folder, $"item{number}.wl")).ConfigureAwait(false)).EnsureSuccess();
        }
        await peer.LaunchAsync().ConfigureAwait(false);
        return peer;
    }

    protected override ProcessSpec Prepare()
    {
        Port = LoopbackPort.Take();
        return new ProcessSpec(
            ProgramFinder.Get("wlmscpfs"),
            ["-csk", "-dfp", Folder["worklists"], Port.ToString(CultureInfo.InvariantCulture)])
        {
            WorkingDirectory = Folder.Path,
        };
    }
}
