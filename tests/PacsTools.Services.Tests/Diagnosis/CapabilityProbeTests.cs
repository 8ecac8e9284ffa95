using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Dicom.Pdus;
using PacsTools.Services.Diagnosis;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Tests.Resilience;

namespace PacsTools.Services.Tests.Diagnosis;

/// <summary>What becomes of an association that a node hangs up on.</summary>
public sealed class CapabilityProbeTests
{
    private static readonly PacsNode s_node = new() { HostName = "127.0.0.1" };

    [Theory]
    [InlineData(16, new[] { 17, 17, 17 })]
    [InlineData(15, new[] { 16, 16, 16 })]
    [InlineData(17, new[] { 18, 17, 17, 17 })]
    public async Task It_is_tried_with_fewer_contexts_or_where_there_can_be_no_fewer_once_more(int classes, int[] proposed)
    {
        var nobody = new HangsUp();
        PacsCapability[] asked = [.. Enumerable.Range(1, classes).Select(i => CapabilityClasses.Describe($"1.2.3.{i}"))];

        await Assert.ThrowsAsync<DicomNetworkException>(() => new CapabilityProbe(nobody).ProbeAsync(
            s_node, asked, new RetryPolicy(timeProvider: new NoWaiting()), NoJobLog.Instance, TestContext.Current.CancellationToken));

        Assert.Equal(proposed, nobody.Proposed);
    }

    private sealed class HangsUp : IAssociationFactory
    {
        public List<int> Proposed { get; } = [];

        public Association Open(
            PacsNode node,
            IReadOnlyList<ProposedContext> contexts,
            CancellationToken cancellationToken,
            int timeoutFactor = 1,
            IReadOnlyList<ExtendedNegotiation>? extendedNegotiations = null)
        {
            Proposed.Add(contexts.Count);
            throw new DicomNetworkException("hung up", isTransient: true) { Failure = NetworkFailure.ConnectionLost };
        }
    }
}
