namespace PacsTools.Services.Simulation.Web;

/// <summary>The bounds of the simulator's HTTP. Bodies have none: they go to disk as they come.</summary>
internal sealed record HttpLimits
{
    public static HttpLimits Default { get; } = new();

    /// <summary>Bytes of a request line with all its headers.</summary>
    public int MaxHead { get; init; } = 32 << 10;

    public int MaxHeaders { get; init; } = 100;

    /// <summary>How long a whole head may take from its first byte on, however steadily it drips.</summary>
    public TimeSpan HeadTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a connection may wait for its next request.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one read or write of a body may take.</summary>
    public TimeSpan TransferTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes of a body nobody wanted that are read to keep the connection, and to let the answer be read.</summary>
    public int MaxDrained { get; init; } = 1 << 20;

    public int MaxConnections { get; init; } = 50;
}
