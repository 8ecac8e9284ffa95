namespace PacsTools.TestKit.Faults;

/// <summary>What happens to one connection, in each direction.</summary>
/// <param name="ToServer">From whoever connects.</param>
/// <param name="ToClient">From whoever listens.</param>
public sealed record ConnectionScript(IReadOnlyList<Fault> ToServer, IReadOnlyList<Fault> ToClient)
{
    public static ConnectionScript Clean { get; } = new([], []);

    public IEnumerable<Fault> All => ToServer.Concat(ToClient);

    public override string ToString() => string.Join("; ", ToServer.Select(f => $"→ {f}").Concat(ToClient.Select(f => $"← {f}")));
}
