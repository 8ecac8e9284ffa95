using PacsTools.Dicom.Pdus;

namespace PacsTools.Dicom.Network;

/// <summary>What a requestor needs to know to open an association.</summary>
public sealed record AssociationOptions
{
    /// <summary>Host name or address of the acceptor.</summary>
    public required string HostName { get; init; }

    /// <summary>TCP port of the acceptor; 104 by default.</summary>
    public int Port { get; init; } = 104;

    /// <summary>The acceptor's AE title, 1 to 16 characters.</summary>
    public string CalledAETitle { get; init; } = "ANY-SCP";

    /// <summary>Our AE title, 1 to 16 characters.</summary>
    public string CallingAETitle { get; init; } = "RIS_CONNECTOR";

    /// <summary>The presentation contexts to propose, 1 to 128, in order; ids 1, 3, 5… are given in that order.</summary>
    public required IReadOnlyList<ProposedContext> Contexts { get; init; }

    /// <summary>The longest P-DATA-TF body we announce to take, in bytes (PS3.8 D.1).</summary>
    public uint MaxPduLength { get; init; } = 262144;

    /// <summary>Bound on each of connecting (with TLS) and negotiating.</summary>
    public TimeSpan AssociationTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>TLS settings; null for plain TCP.</summary>
    public TlsClientOptions? Tls { get; init; }

    /// <summary>User identity to present (PS3.7 D.3.3.7); null for none.</summary>
    public UserIdentityRq? UserIdentity { get; init; }

    /// <summary>SOP class extended negotiation (PS3.7 D.3.3.5), one a SOP class at most.</summary>
    public IReadOnlyList<ExtendedNegotiation> ExtendedNegotiations { get; init; } = [];

    /// <summary>Told of each step on the way to the peer, on the thread that takes it; null for nobody.</summary>
    public Action<ConnectionStep>? OnStep { get; init; }

    /// <summary>Makes the observer of the association, before anything is sent on it; null for none.</summary>
    public Func<Association, AssociationObserver>? Observe { get; init; }

    /// <summary>The clock of every timeout of the association.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
