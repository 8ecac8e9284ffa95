using System.Net;

namespace PacsTools.Dicom.Network;

/// <summary>How a listener accepts associations, and what it does with them.</summary>
public sealed record ListenerOptions
{
    /// <summary>The address to listen on; null for all, IPv4 and IPv6.</summary>
    public IPAddress? BindAddress { get; init; }

    /// <summary>TCP port; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>More associations than this at once are rejected as transient, local-limit-exceeded (PS3.8 9.3.4).</summary>
    public int MaxAssociations { get; init; } = 25;

    /// <summary>More associations than this at once from one address are rejected the same way; 0 sets no limit.</summary>
    public int MaxAssociationsPerPeer { get; init; }

    /// <summary>The longest P-DATA-TF body we announce to take, in bytes (PS3.8 D.1).</summary>
    public uint MaxPduLength { get; init; } = 262144;

    /// <summary>ARTIM (PS3.8 9.1.5): how long a peer may take to ask for the association, and to close after its end.</summary>
    public TimeSpan ArtimTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>An association on which nothing moves for so long is aborted; peers exist that never release.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>TLS settings; null for plain TCP.</summary>
    public TlsServerOptions? Tls { get; init; }

    /// <summary>The clock of every timeout of the associations.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Makes the observer of an association, before anything is read from it; null for none.</summary>
    public Func<Association, AssociationObserver>? Observe { get; init; }

    /// <summary>Decides about each A-ASSOCIATE-RQ. Runs on the association's thread; must not block for long.</summary>
    public required Func<AssociationRequest, AcceptDecision> OnRequest { get; init; }

    /// <summary>Serves one association on its own thread and returns when it is over. What it throws is handed to <see cref="OnFailure"/>; the listener lives on.</summary>
    public required Action<Association> OnAssociation { get; init; }

    /// <summary>
    /// Told about associations that failed and requests that were rejected or made no sense, and, without an address, of a process that had nothing left
    /// to serve a connection with; null to ignore them. What it throws is forgotten.
    /// </summary>
    public Action<EndPoint?, Exception>? OnFailure { get; init; }

    /// <summary>Starts the thread of a connection; a machine can run out of them.</summary>
    internal Action<Thread> StartThread { get; init; } = static thread => thread.UnsafeStart();
}
