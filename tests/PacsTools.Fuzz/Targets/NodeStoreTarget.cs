using PacsTools.Fuzz.Grammars;
using PacsTools.Fuzz.Mutation;
using PacsTools.Services;
using PacsTools.Services.Nodes;

namespace PacsTools.Fuzz.Targets;

/// <summary>The registry of nodes over a file that holds anything: read, looked up, changed and read again.</summary>
internal sealed class NodeStoreTarget : FuzzTarget
{
    private static readonly PacsNode s_node = new() { Name = "fuzzed", HostName = "pacs.example", Port = 11112, CalledAETitle = "FUZZED" };

    private readonly InputFile _file = new("nodes.json");

    internal override string Name => "nodes";

    internal override IReadOnlyList<string> Rooms => ["PacsTools.Services.Nodes.NodeRegistry", "PacsTools.Services.Nodes.NodeJson", "PacsTools.Services.Nodes.TlsJson", "PacsTools.Services.Nodes.CapabilityJson", "PacsTools.Services.Nodes.NodeStoreFile", "PacsTools.Services.Nodes.NodeName"];

    internal override IReadOnlyList<byte[]> Tokens => JsonGrammar.Tokens;

    internal override int MaxInput => 16 << 10;

    internal override long AllocationAtRest => 2 << 20;

    internal override long AllocationPerByte => 2000;

    internal override byte[] Generate(FuzzRandom random) => NodeGrammar.Generate(random);

    internal override byte[]? MutateStructure(byte[] input, FuzzRandom random) => JsonGrammar.Mutate(input, random);

    internal override bool IsDocumented(Exception error) => error is NodeRegistryException;

    public override void Dispose() => _file.Dispose();

    internal override void Try(byte[] input)
    {
        _file.Write(input);
        var registry = new NodeRegistry(new NodeStorePath(_file.FilePath, IsOurFolder: false));
        IReadOnlyList<string> names = [];
        Attempt(() => names = registry.Names);
        bool isWhole = Attempt(() => new NodeStoreFile(new NodeStorePath(_file.FilePath, IsOurFolder: false)).ReadToChange());
        Attempt(() => _ = registry.All(_ => { }).Count);
        foreach (string name in names.Take(4)) Attempt(() => _ = registry.Get(name).ToString());
        Attempt(() => registry.Get("mian"));
        if (input.Length % 4 != 0) return;
        foreach (string name in names.Take(2)) Attempt(() => PutAgain(registry, registry.Get(name)));
        Change(registry, isWhole, names);
    }

    private static void PutAgain(NodeRegistry registry, PacsNode node)
    {
        registry.Put(node, overwrite: true, SilentLog.Instance);
        Promise(registry.Get(node.Name!) == node, "a node that was read and registered again is the same");
    }

    private void Change(NodeRegistry registry, bool isWhole, IReadOnlyList<string> names)
    {
        if (Attempt(() => registry.Put(s_node, overwrite: true, SilentLog.Instance)))
        {
            Promise(registry.Get("fuzzed") is { HostName: "pacs.example", Port: 11112 }, "a node that was registered is there");
            Promise(!isWhole || names.All(registry.Contains), "registering one node takes away no other");
            Promise(registry.Remove("FUZZED") && !registry.Contains("fuzzed"), "a node that was taken out is gone");
        }
        else
        {
            Promise(File.Exists(_file.FilePath), "a registry that cannot be changed is left");
        }

        foreach (string aside in Directory.EnumerateFiles(_file.Folder, "*.damaged-*")) File.Delete(aside);
    }

    private sealed class SilentLog : IJobLog
    {
        internal static SilentLog Instance { get; } = new();

        public void Verbose(string text)
        {
        }

        public void Warning(string id, string text)
        {
        }

        public void Progress(JobProgress progress)
        {
        }
    }
}
