using PacsTools.Benchmarks.Roles;

namespace PacsTools.Benchmarks.Children;

/// <summary>The roles by name, and which of them are the product and not only its measuring.</summary>
internal static class RoleList
{
    public const string StorageScp = "storage-scp", Send = "send", Find = "find", Retrieve = "retrieve", Echo = "echo", Headers = "headers", Simulator = "simulator";
    public const string RawSender = "raw-sender", FloorReceiver = "floor-receiver", FloorSender = "floor-sender", Replay = "replay";

    public static IRole Create(string name) => name switch
    {
        StorageScp => new StorageScpRole(),
        Send => new SendRole(),
        Find => new FindRole(),
        Retrieve => new RetrieveRole(),
        Echo => new EchoRole(),
        Headers => new HeadersRole(),
        Simulator => new SimulatorRole(),
        RawSender => new RawSenderRole(),
        FloorReceiver => new FloorReceiverRole(),
        FloorSender => new FloorSenderRole(),
        Replay => new ReplayRole(),
        _ => throw new ArgumentException($"There is no role {name}.", nameof(name)),
    };

    public static bool IsProduct(string name) => name is StorageScp or Send or Find or Retrieve or Echo or Headers or Simulator;
}
