namespace PacsTools.Fuzz.Targets;

/// <summary>All there is to fuzz.</summary>
internal static class TargetList
{
    private static readonly Dictionary<string, Func<FuzzTarget>> s_targets = new(StringComparer.Ordinal)
    {
        ["pdu"] = () => new PduTarget(),
        ["association"] = () => new AssociationTarget(),
        ["command"] = () => new CommandTarget(),
        ["dataset"] = () => new DatasetTarget(),
        ["text"] = () => new TextTarget(),
        ["scanner"] = () => new ScannerTarget(),
        ["part10"] = () => new Part10Target(),
        ["json"] = () => new JsonTarget(),
        ["multipart"] = () => new MultipartTarget(),
        ["http"] = () => new HttpTarget(),
        ["nodes"] = () => new NodeStoreTarget(),
        ["image"] = () => new ImageTarget(),
    };

    internal static IReadOnlyList<string> Names => [.. s_targets.Keys];

    /// <exception cref="FormatException">There is none of that name.</exception>
    internal static FuzzTarget Create(string name) =>
        s_targets.TryGetValue(name, out Func<FuzzTarget>? create) ? create() : throw new FormatException($"There is no target '{name}'; there are {string.Join(", ", Names)}.");
}
