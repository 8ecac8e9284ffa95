using System.Net;
using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Storage;

/// <summary>How a Storage SCP is to listen and what it is to take.</summary>
internal sealed record StorageScpOptions
{
    private readonly string? _aeTitle;

    public string AETitle
    {
        get => _aeTitle ?? PacsDefaults.ScpAETitle;
        init => _aeTitle = TitleText.Check(value, "storage SCP AE title");
    }

    /// <summary>0 takes any free port.</summary>
    public int Port { get; init; } = PacsDefaults.ScpPort;

    /// <summary>Null for every interface, IPv4 and IPv6.</summary>
    public IPAddress? BindAddress { get; init; }

    public StorageScpAccept Accept { get; init; }

    /// <summary>Where what nobody is retrieving goes; needed with <see cref="StorageScpAccept.Any"/>.</summary>
    public string? Path { get; init; }

    public PathLayout Layout { get; init; } = PathLayout.Default;

    public IfExists IfExists { get; init; }

    /// <summary>Calling AE titles that may associate; empty for all.</summary>
    public IReadOnlyList<string> AllowedCallingAETitle { get; init; } = [];

    /// <summary>Addresses or networks (<c>10.1.0.0/16</c>) that may associate; empty for all.</summary>
    public IReadOnlyList<string> AllowedAddress { get; init; } = [];

    public bool AcceptAnyCalledAETitle { get; init; }

    public int MaxAssociations { get; init; } = 25;

    /// <summary>Associations from one address; 0 sets no limit of its own.</summary>
    public int MaxAssociationsPerPeer { get; init; }

    /// <summary>SOP classes taken beside the standard's storage classes: UIDs or keywords.</summary>
    public IReadOnlyList<string> AcceptSopClass { get; init; } = [];

    /// <summary>Takes every class the standard's registry does not know as something else.</summary>
    public bool AcceptAnySopClass { get; init; }

    /// <summary>Transfer syntaxes in the order they are preferred, UIDs or keywords; empty for the sender's own choice.</summary>
    public IReadOnlyList<string> PreferredTransferSyntax { get; init; } = [];

    /// <summary>Bytes to leave free on the disk of <see cref="Path"/>; 0 fills it up.</summary>
    public long MinimumFreeSpace { get; init; }

    /// <summary>0 announces that there is no limit.</summary>
    public uint MaxPduLength { get; init; } = 262144;

    /// <summary>fsync of file and folder before status 0000.</summary>
    public bool FlushToDisk { get; init; }

    /// <summary>An association on which nothing moves for so long is closed; peers exist that never release.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>ARTIM (PS3.8 9.1.5): how long a peer may take to ask for its association, and to close after its end.</summary>
    public TimeSpan ArtimTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TlsServerOptions? Tls { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
