using System.Globalization;
using PacsTools.TestKit.Processes;

namespace PacsTools.TestKit.Peers;

/// <summary>DCMTK's storage SCP, writing what it gets bit for bit into a folder of its own.</summary>
public sealed class StorescpPeer : ExternalPeer
{
    private readonly bool _noDelay;
    private readonly IReadOnlyList<string> _arguments;

    private StorescpPeer(string aeTitle, bool noDelay, IReadOnlyList<string> arguments)
        : base(aeTitle, "storescp")
    {
        _noDelay = noDelay;
        _arguments = arguments;
    }

    /// <summary>Where the received files are.</summary>
    public string Received => Folder["received"];

    public static async Task<StorescpPeer> StartAsync(string aeTitle = "STORESCP", bool noDelay = false, params string[] arguments)
    {
        Requirement.Dcmtk();
        var peer = new StorescpPeer(aeTitle, noDelay, arguments);
        await peer.LaunchAsync().ConfigureAwait(false);
        return peer;
    }

    protected override ProcessSpec Prepare()
    {
        Port = LoopbackPort.Take();
        return new ProcessSpec(
            ProgramFinder.Get("storescp"),
            ["--aetitle", AETitle, "--bit-preserving", "--accept-all", "--output-directory", Folder.Create("received"), .. _arguments, Port.ToString(CultureInfo.InvariantCulture)])
        {
            Environment = NoDelay(_noDelay),
            WorkingDirectory = Folder.Path,
        };
    }
}
