using System.Runtime.CompilerServices;
using System.Threading.Channels;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Diagnosis;

/// <summary>C-ECHO as SCU (PS3.4 A.4, PS3.7 9.1.5): times the association and each round trip. Never tries again, since a second try would hide what is to be found.</summary>
internal sealed class EchoScu(IAssociationFactory? associations = null, TimeProvider? timeProvider = null)
{
    private readonly IAssociationFactory _associations = associations ?? DirectAssociations.Default;
    private readonly TimeProvider _time = timeProvider ?? TimeProvider.System;

    /// <summary>Sends C-ECHOs on one association. A failure is a result; the one that ends the association is the last.</summary>
    /// <param name="node">Whom to ask.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="delay">How long to wait between two.</param>
    /// <param name="cancellationToken">Aborts the association.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async IAsyncEnumerable<EchoResult> EchoAsync(PacsNode node, int count = 1, TimeSpan delay = default, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var channel = Channel.CreateBounded<EchoResult>(new BoundedChannelOptions(16) { SingleReader = true, SingleWriter = true });
        var running = Task.Factory.StartNew(() => Run(node, count, delay, channel.Writer, stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            await foreach (var result in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(false);
        }
    }

    private void Run(PacsNode node, int count, TimeSpan delay, ChannelWriter<EchoResult> results, CancellationToken stop)
    {
        try
        {
            Echo(node, count, delay, result => results.WriteAsync(result, stop).AsTask().GetAwaiter().GetResult(), stop);
            results.TryComplete();
        }
        catch (Exception e)
        {
            // Belongs to whoever reads the channel; a thread has nobody else to tell.
            results.TryComplete(e);
        }
    }

    private void Echo(PacsNode node, int count, TimeSpan delay, Action<EchoResult> emit, CancellationToken stop)
    {
        var template = new EchoResult { Node = node };
        Association association;
        var started = _time.GetTimestamp();
        try
        {
            association = _associations.Open(node, [new ProposedContext(DicomUids.Verification, [TransferSyntax.ImplicitVRLittleEndian.UID])], stop);
        }
        catch (DicomException e)
        {
            emit(template with { Error = e });
            return;
        }

        using (association)
        {
            template = template with
            {
                AssociationTime = _time.GetElapsedTime(started).TotalMilliseconds,
                ImplementationVersionName = association.PeerImplementationVersionName,
                ImplementationClassUID = association.PeerImplementationClassUID,
                MaxPduLength = association.PeerMaxPduLength,
            };
            for (var i = 0; i < count; i++)
            {
                if (i > 0 && delay > TimeSpan.Zero)
                {
                    Task.Delay(delay, _time, stop).GetAwaiter().GetResult();
                }

                var result = EchoOnce(association, node, template, stop);
                emit(result);
                if (result.Status is null)
                {
                    break;
                }
            }

            if (association.IsUsable)
            {
                association.Release();
            }
        }
    }

    /// <summary>One C-ECHO on an association that is open; a failure is a result.</summary>
    internal EchoResult EchoOnce(Association association, PacsNode node, EchoResult template, CancellationToken stop)
    {
        try
        {
            var context = association.GetContext(DicomUids.Verification);
            using var watch = association.Watch("Echo", node.Timeout ?? PacsDefaults.EchoTimeout, stop);
            var messageId = association.NextMessageId();
            var started = _time.GetTimestamp();
            association.Send(context, new CEchoRequest(messageId).ToCommandSet());
            var message = association.Receive()
                ?? throw new AssociationAbortedException($"{node} released the association instead of answering a C-ECHO", 0, 0, byPeer: true);
            var response = CEchoResponse.From(message.Command);
            var elapsed = _time.GetElapsedTime(started).TotalMilliseconds;
            if (response.MessageIdBeingRespondedTo != messageId)
            {
                throw new DicomProtocolException($"{node} answered message {response.MessageIdBeingRespondedTo} instead of {messageId}", "Message ID Being Responded To");
            }

            var status = DimseStatus.Lookup(DimseService.Echo, response.Status);
            var result = template with { Status = response.Status, RoundtripTime = elapsed };
            return status.Class == DimseStatusClass.Success
                ? result with { Success = true }
                : result with { Error = new DimseStatusException(response.Status, $"{node} answered the C-ECHO with status {response.Status:X4} ({status.Name}). {status.Words}", response.ErrorComment) };
        }
        catch (DicomException e)
        {
            if (!e.AssociationSurvives)
            {
                association.Abort();
            }

            return template with { Error = e };
        }
    }
}
