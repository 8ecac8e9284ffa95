using System.Management.Automation;
using PacsTools.Binding;
using PacsTools.Completion;
using PacsTools.Dicom.Data;
using PacsTools.Pipeline;
using PacsTools.Services.Diagnosis;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;

namespace PacsTools.Commands;

/// <summary>
/// Asks a PACS which SOP classes it accepts, with which transfer syntaxes and roles, by proposing them (PS3.8 7.1); nothing is queried, moved or
/// stored. The order is always the same, and two results compare as text: <c>Compare-Object $before $after</c>.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PacsCapability", DefaultParameterSetName = NodeSet)]
[OutputType(typeof(PacsCapability))]
public sealed class GetPacsCapabilityCommand : PacsCmdlet
{
    private IReadOnlyList<PacsCapability> _classes = [];

    /// <summary>Only these: names, keywords, UIDs or categories (Verification, Query, Retrieve, Worklist, Commitment, Storage), with wildcards. A UID may be private.</summary>
    /// <value>All that are known</value>
    [Parameter]
    [ArgumentCompleter(typeof(SopClassCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? SopClass { get; set; }

    /// <inheritdoc/>
    private protected override void Begin() =>
        _classes = SopClass is null ? CapabilityClasses.All : [.. SopClass.SelectMany(Find).DistinctBy(c => c.UID).Order(CapabilityClasses.Order)];

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        var node = Target;
        try
        {
            var found = await new CapabilityProbe().ProbeAsync(node, _classes, new RetryPolicy(Retries), new PipelineJobLog(pipeline), cancellationToken).ConfigureAwait(false);
            foreach (var capability in found.SopClasses) await pipeline.WriteObjectAsync(capability).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            await pipeline.WriteErrorAsync(ErrorMap.ToRecord(error, node, node.ToString())).ConfigureAwait(false);
        }
    }

    private static IEnumerable<PacsCapability> Find(string text)
    {
        var pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase);
        List<PacsCapability> found = [.. CapabilityClasses.All.Where(c => pattern.IsMatch(c.Name) || pattern.IsMatch(c.UID) || pattern.IsMatch(c.Category.ToString()) || pattern.IsMatch(Keyword(c)))];
        if (found.Count > 0) return found;
        if (UidRegistry.TryGetByKeyword(text, out var entry) && entry.Type == UidType.SopClass) return [CapabilityClasses.Describe(entry.Uid)];
        return DicomUids.IsValid(text)
            ? [CapabilityClasses.Describe(text)]
            : throw Arguments.Invalid($"'{text}' is no SOP class: neither a name, a keyword or a category that is known, nor a UID.", text);
    }

    private static string Keyword(PacsCapability capability) => UidRegistry.TryGet(capability.UID, out var entry) ? entry.Keyword : "";
}
