using PacsTools.Services.Nodes;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Sending;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Copying;

/// <summary>Copies studies from one archive to another.</summary>
internal sealed class StudyCopier
{
    private readonly IAssociations _associations;
    private readonly StorageScpRegistry _scps;
    private readonly RelayCopy _relay;
    private readonly ThirdPartyCopy _thirdParty;

    /// <param name="associations">Associations with the source, and for questions with the destination.</param>
    /// <param name="scps">The Storage SCPs of the process.</param>
    /// <param name="time">The clock.</param>
    public StudyCopier(IAssociations associations, StorageScpRegistry? scps = null, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        _associations = associations;
        _scps = scps ?? StorageScpRegistry.Shared;
        _relay = new RelayCopy(new RetrieveCoordinator(associations, _scps, time), new FileSender(new DirectAssociations(time), time), new HeldByDestination(associations, time), time);
        _thirdParty = new ThirdPartyCopy(associations, time);
    }

    /// <summary>Copies. What goes wrong with the copy is in the report.</summary>
    /// <exception cref="ArgumentException">The request names nothing that may be asked for; nothing was sent.</exception>
    /// <exception cref="RetrieveException">Source and destination do not fit together; nothing was sent.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<DicomRetrieveReport> CopyAsync(CopyRequest request, IJobLog log, CancellationToken cancellationToken)
    {
        RetrieveIdentifier.Check(request.Source);
        CheckDestination(request);
        if (request.DestinationNode is null)
            CheckThatItIsNotUs(request, log);
        try
        {
            return await (request.DestinationNode is null ? _thirdParty.RunAsync(request, log, cancellationToken) : _relay.RunAsync(request, log, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            if (cancellationToken.IsCancellationRequested)
            {
                _associations.EndIdle(request.Source.Node);
                if (request.DestinationNode is { } destination)
                    _associations.EndIdle(destination);
            }
        }
    }

    /// <summary>Refuses a copy of an archive to itself.</summary>
    /// <exception cref="RetrieveException">Source and destination are the same.</exception>
    public static void CheckDestination(CopyRequest request)
    {
        var source = request.Source.Node;
        // Servers hold several archives on one port, told apart by the title called.
        var isSame = request.DestinationNode is { } node
            ? node.CalledAETitle == source.CalledAETitle && node.Port == source.Port && HostOf(node) == HostOf(source)
            : request.DestinationAETitle == source.CalledAETitle;
        if (isSame)
            throw request.Error("Copy.SameNode", $"{request.Destination} is the archive to copy from: a copy to itself would bring nothing. Nothing was sent.", "Name another destination.");
    }

    private static string HostOf(PacsNode node) => node.HostName.ToLowerInvariant() is "localhost" or "127.0.0.1" or "::1" ? "localhost" : node.HostName.ToLowerInvariant();

    private void CheckThatItIsNotUs(CopyRequest request, IJobLog log)
    {
        if (_scps.All.FirstOrDefault(s => s.AETitle == request.DestinationAETitle) is not { } ours)
            return;
        if (ours.Accept == StorageScpAccept.Pending)
        {
            throw request.Error(
                "Copy.DestinationIsHere",
                $"{request.Destination} is the Storage SCP {ours} of this session, which takes only what is being retrieved and would refuse a copy. Nothing was sent.",
                "Receive-DicomStudy brings a study here; Start-StorageScp -Path takes what anyone sends.");
        }

        log.Warning("Copy.DestinationIsHere", $"{request.Destination} is the Storage SCP {ours} of this session: the copy goes into '{ours.Path}'. Receive-DicomStudy tells of each instance whether it came.");
    }
}
