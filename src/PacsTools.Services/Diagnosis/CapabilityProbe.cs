using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;

namespace PacsTools.Services.Diagnosis;

/// <summary>
/// Finds out which SOP classes a node accepts, with which transfer syntaxes and roles, by proposing them; no operation is asked for. Associations are
/// opened one after the other, each filled with as many contexts as there are to propose, at most 128 (PS3.8 9.3.2.2). Verification is in each: some
/// acceptors reject an association of which they want no context.
/// </summary>
internal sealed class CapabilityProbe(IAssociationFactory? associations = null, TimeProvider? timeProvider = null)
{
    private const int MaxProposals = 127;
    private const int LeastProposals = 16;
    private static readonly ProposedContext s_anchor = new(DicomUids.Verification, [DicomUids.ImplicitVRLittleEndian]);

    private readonly IAssociationFactory _associations = associations ?? DirectAssociations.Default;
    private readonly TimeProvider _time = timeProvider ?? TimeProvider.System;

    /// <summary>Asks about the classes.</summary>
    /// <param name="node">Whom to ask.</param>
    /// <param name="classes">What to ask about, in the order of the answers.</param>
    /// <param name="retry">What is tried again.</param>
    /// <param name="log">Told how far it is.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="DicomException">An association could not be opened.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<NodeCapabilities> ProbeAsync(PacsNode node, IReadOnlyList<PacsCapability> classes, RetryPolicy retry, IJobLog log, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(() => new Run(this, node, retry, log, cancellationToken).Probe(classes), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private sealed class Run(CapabilityProbe probe, PacsNode node, RetryPolicy retry, IJobLog log, CancellationToken stop)
    {
        private NodeCapabilities? _peer;
        private int _limit = MaxProposals;
        private int _associations;

        public NodeCapabilities Probe(IReadOnlyList<PacsCapability> classes)
        {
            List<SyntaxSearch> searches = [.. classes.Select(c => new SyntaxSearch(c))];
            var open = new Queue<SyntaxSearch.Proposal>(searches.Select(s => s.First));
            Ask(open, (proposal, answer) => proposal.Search.Take(proposal, answer), p => p.Context);
            AskRoles(searches);
            log.Verbose($"{node}: {searches.Count} SOP classes asked about on {_associations} associations.");
            log.Progress(new JobProgress($"Asking {node} what it can do", "done", searches.Count, searches.Count, Completed: true));
            return new NodeCapabilities
            {
                DiscoveredAt = probe._time.GetLocalNow(),
                CallingAETitle = node.CallingAETitle,
                ImplementationVersionName = _peer?.ImplementationVersionName,
                ImplementationClassUID = _peer?.ImplementationClassUID,
                MaxPduLength = _peer?.MaxPduLength,
                SopClasses = [.. searches.Select(s => s.Result(node))],
            };
        }

        // As a C-GET proposes them: storage classes with us as SCP alone (PS3.7 D.3.3.4).
        private void AskRoles(List<SyntaxSearch> searches)
        {
            var stored = searches.Where(s => s.IsAccepted && s.SopClass.Category == PacsCapabilityCategory.Storage);
            var open = new Queue<SyntaxSearch.Proposal>(stored.Select(s => new SyntaxSearch.Proposal(s, [.. s.Accepted.Take(2)])));
            try
            {
                Ask(
                    open,
                    (proposal, answer) =>
                    {
                        proposal.Search.ScpRole = answer is { IsAccepted: true, WeMayBeScp: true };
                        return [];
                    },
                    p => p.Context with { ScuRole = false, ScpRole = true });
            }
            catch (DicomException e) when (e is AssociationRejectedException or AssociationAbortedException)
            {
                // Who turns away an association for its roles grants none.
                log.Verbose($"{node} accepts no association with role selection: {e.Message}");
            }
        }

        private void Ask(Queue<SyntaxSearch.Proposal> open, Func<SyntaxSearch.Proposal, AcceptedContext, IEnumerable<SyntaxSearch.Proposal>> take, Func<SyntaxSearch.Proposal, ProposedContext> context)
        {
            while (open.Count > 0)
            {
                stop.ThrowIfCancellationRequested();
                List<SyntaxSearch.Proposal> batch = [.. open.Take(_limit)];
                if (Answers([s_anchor, .. batch.Select(context)]) is not { } answers)
                    continue;
                for (var i = 0; i < batch.Count; i++)
                {
                    open.Dequeue();
                    foreach (var next in take(batch[i], answers[i + 1]))
                        open.Enqueue(next);
                }

                log.Progress(new JobProgress($"Asking {node} what it can do", $"{open.Count} questions are open", 0, null));
            }
        }

        // Null if it is to be tried with fewer contexts.
        private IReadOnlyList<AcceptedContext>? Answers(IReadOnlyList<ProposedContext> contexts)
        {
            try
            {
                using var association = retry.RunAsync(
                    $"Association with {node}",
                    (sequence, token) => Task.FromResult(probe._associations.Open(node, contexts, token, sequence.TimeoutFactor)),
                    log,
                    stop,
                    error => !(IsOverwhelmed(error) && MayBeFewer(contexts))).GetAwaiter().GetResult();
                _associations++;
                _peer ??= new NodeCapabilities
                {
                    ImplementationVersionName = association.PeerImplementationVersionName,
                    ImplementationClassUID = association.PeerImplementationClassUID,
                    MaxPduLength = association.PeerMaxPduLength,
                };
                var answers = association.Contexts;
                association.Release();
                return answers;
            }
            catch (DicomException e) when (IsOverwhelmed(e) && MayBeFewer(contexts))
            {
                // There are acceptors with room for fewer contexts than the standard allows, which say so by hanging up.
                _limit = Math.Max(LeastProposals, (contexts.Count - 1) / 2);
                log.Verbose($"{node} gave up on an association of {contexts.Count} contexts; {_limit} are proposed at a time from here on. {e.Message}");
                return null;
            }
        }

        // Verification comes on top.
        private static bool MayBeFewer(IReadOnlyList<ProposedContext> contexts) => contexts.Count > LeastProposals + 1;

        private static bool IsOverwhelmed(Exception error) => error is AssociationAbortedException or DicomNetworkException { Failure: NetworkFailure.ConnectionLost };
    }
}
