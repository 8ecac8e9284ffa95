namespace PacsTools.Services.Tests.Hostile;

/// <summary>Hostile peers against the Storage SCP.</summary>
[Collection(nameof(HostilePeers))]
public sealed class StorageScpHostileTests(ScpTarget target) : IClassFixture<ScpTarget>
{
    public static TheoryData<string> Rows => HostileTable.Names(HostileTable.Scp);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task A_peer_that(string does) => HostileTable.RunAsync(HostileTable.Scp, does, target);
}

/// <summary>Hostile peers against the simulator.</summary>
[Collection(nameof(HostilePeers))]
public sealed class SimulatorHostileTests(SimulatorTarget target) : IClassFixture<SimulatorTarget>
{
    public static TheoryData<string> Rows => HostileTable.Names(HostileTable.Simulator);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task A_peer_that(string does) => HostileTable.RunAsync(HostileTable.Simulator, does, target);
}

/// <summary>Hostile clients against the simulator's DICOMweb.</summary>
[Collection(nameof(HostilePeers))]
public sealed class WebServerHostileTests(SimulatorTarget target) : IClassFixture<SimulatorTarget>
{
    public static TheoryData<string> Rows => HostileTable.Names(HostileTable.WebServer);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task A_client_that(string does) => HostileTable.RunAsync(HostileTable.WebServer, does, target);
}

/// <summary>Hostile acceptors against our requestors.</summary>
[Collection(nameof(HostilePeers))]
public sealed class RequestorHostileTests(ScuTarget target) : IClassFixture<ScuTarget>
{
    public static TheoryData<string> Rows => HostileTable.Names(HostileTable.Requestors);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task An_acceptor_that(string does) => HostileTable.RunAsync(HostileTable.Requestors, does, target);
}

/// <summary>Hostile servers against our DICOMweb client.</summary>
[Collection(nameof(HostilePeers))]
public sealed class WebClientHostileTests(ScuTarget target) : IClassFixture<ScuTarget>
{
    public static TheoryData<string> Rows => HostileTable.Names(HostileTable.WebClient);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task A_server_that(string does) => HostileTable.RunAsync(HostileTable.WebClient, does, target);
}
