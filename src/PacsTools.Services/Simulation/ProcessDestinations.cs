using System.Net;
using PacsTools.Dicom.Network;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Simulation;

/// <summary>The move destinations nobody has to enter: the storage SCPs and the simulators of this process.</summary>
internal static class ProcessDestinations
{
    /// <summary>Where an AE title of this process listens; null if it is none. A storage SCP hears our calling AE titles too, as its own are for reports.</summary>
    public static MoveTarget? Find(string aeTitle)
    {
        var receivers = StorageScpRegistry.Shared.All;
        if (receivers.FirstOrDefault(scp => scp.AETitle == aeTitle) is { } receiver)
            return TargetOf(receiver);
        if (PacsSimulatorRegistry.Shared.All.FirstOrDefault(simulator => simulator.AETitle == aeTitle) is { } other)
            return new MoveTarget(other.Node.HostName, other.Port) { Tls = PinnedTo(other.Tls) };
        return CallingAETitles.IsInUse(aeTitle) && receivers.Count > 0 ? TargetOf(receivers[0]) : null;
    }

    private static MoveTarget TargetOf(StorageScp scp) => new(
        IPAddress.TryParse(scp.BindAddress, out var bound) && !bound.Equals(IPAddress.Any) && !bound.Equals(IPAddress.IPv6Any) ? scp.BindAddress : "127.0.0.1",
        scp.Port) { Tls = PinnedTo(scp.Tls) };

    // It is in this very process: its certificate is known, whoever issued it.
    private static TlsClientOptions? PinnedTo(TlsServerOptions? server) => server is null
        ? null
        : new TlsClientOptions { Trust = new TlsTrust { Pins = [TlsPin.Of(server.Certificate)], SkipCertificateCheck = true } };
}
