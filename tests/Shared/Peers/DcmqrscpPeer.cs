using System.Globalization;
using System.Text;
using PacsTools.TestKit.Processes;

namespace PacsTools.TestKit.Peers;

/// <summary>How a dcmqrscp is set up for a test.</summary>
public sealed record DcmqrscpOptions
{
    public string AETitle { get; init; } = "QRSCP";

    public IReadOnlyList<MoveDestination> MoveDestinations { get; init; } = [];

    /// <summary>Switch Nagle off in the peer; as Debian ships it, it is on.</summary>
    public bool NoDelay { get; init; }

    public bool Verbose { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];
}

/// <summary>DCMTK's test archive with an empty storage. It holds 500 studies at most and drops older ones without a word.</summary>
public sealed class DcmqrscpPeer : ExternalPeer
{
    private const int FilesPerIndexRun = 400;
    private readonly DcmqrscpOptions _options;

    private DcmqrscpPeer(DcmqrscpOptions options)
        : base(options.AETitle, "dcmqrscp") => _options = options;

    public string Storage => Folder["storage"];

    public static async Task<DcmqrscpPeer> StartAsync(DcmqrscpOptions? options = null)
    {
        Requirement.Dcmtk();
        var peer = new DcmqrscpPeer(options ?? new DcmqrscpOptions());
        await peer.LaunchAsync().ConfigureAwait(false);
        return peer;
    }

    /// <summary>Registers Part 10 files where they lie; they must stay there as long as the peer runs.</summary>
    public async Task IndexAsync(IEnumerable<string> paths)
    {
        foreach (string[] some in paths.Chunk(FilesPerIndexRun))
            (await Tool.RunAsync("dcmqridx", [Storage, .. some]).ConfigureAwait(false)).EnsureSuccess();
    }

    protected override ProcessSpec Prepare()
    {
        Port = LoopbackPort.Take();
        string storage = Folder.Create("storage");
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"NetworkTCPPort = {Port}\nMaxPDUSize = 16384\nMaxAssociations = 32\n");
        text.Append("HostTable BEGIN\n");
        int number = 0;
        foreach (MoveDestination destination in _options.MoveDestinations)
            text.Append(CultureInfo.InvariantCulture, $"peer{++number} = ({destination.AETitle}, {destination.HostName}, {destination.Port})\n");
        text.Append("HostTable END\nVendorTable BEGIN\nVendorTable END\nAETable BEGIN\n");
        text.Append(CultureInfo.InvariantCulture, $"{AETitle} {storage} RW (500, 4096mb) ANY\n");
        text.Append("AETable END\n");
        string path = Folder["dcmqrscp.cfg"];
        File.WriteAllText(path, text.ToString());
        List<string> arguments = ["--config", path, "--disable-host-lookup"];
        if (_options.Verbose)
            arguments.Add("--debug");
        arguments.AddRange(_options.Arguments);
        return new ProcessSpec(ProgramFinder.Get("dcmqrscp"), arguments)
        {
            Environment = NoDelay(_options.NoDelay),
            WorkingDirectory = Folder.Path,
        };
    }
}
