using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>C-FIND as SCU (PS3.4 C.4.1): matches stream out as they arrive.</summary>
/// <remarks>
/// Whoever stops enumerating stops the query on the wire: C-CANCEL, the responses still on their way drained, A-ABORT if the archive goes on for longer than
/// <see cref="FindPump.Grace"/>. A slow consumer slows the archive down instead of filling memory. Errors come after the matches before them.
/// </remarks>
internal sealed class FindScu(IAssociations? associations = null, TimeProvider? timeProvider = null)
{
    private readonly IAssociations _associations = associations ?? AssociationPool.Shared;
    private readonly TimeProvider _timeProvider = timeProvider ?? TimeProvider.System;

    /// <exception cref="DimseStatusException">The archive ended the query with a failure.</exception>
    /// <exception cref="DicomException">The association could not be opened or was lost.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the archive has been told.</exception>
    public async IAsyncEnumerable<FindMatch> FindAsync(PacsNode node, FindRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var sequence = request.Retry.Start();
        var emitted = false;
        while (true)
        {
            Exception? failure = null;
            await using (var pump = FindPump.Start(_associations, node, request, sequence.TimeoutFactor, _timeProvider, cancellationToken))
            {
                while (true)
                {
                    try
                    {
                        if (!await pump.Matches.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
                        {
                            yield break;
                        }
                    }
                    catch (DicomException e)
                    {
                        failure = e;
                        break;
                    }

                    while (pump.Matches.TryRead(out var match))
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        emitted = true;
                        yield return match;
                    }
                }
            }

            // A second try would repeat what has already been handed on.
            if (emitted || !await sequence.WaitForNextAsync(failure, $"C-FIND {node}", request.Log, cancellationToken).ConfigureAwait(false))
            {
                ExceptionDispatchInfo.Throw(failure);
            }
        }
    }
}
