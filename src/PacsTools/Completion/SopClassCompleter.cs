using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Completion;

/// <summary>Completes SOP classes: categories first, then keywords of PS3.6 A.</summary>
public sealed class SopClassCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var categories = CapabilityClasses.All.Select(c => (Text: c.Category.ToString(), Tip: $"every SOP class of the category {c.Category}")).Distinct();
        var classes = CapabilityClasses.All.Select(c => (Text: UidRegistry.TryGet(c.UID, out var entry) ? entry.Keyword : c.UID, Tip: $"{c.UID} {c.Name}"));
        return Candidates.Beginning(wordToComplete, categories.Concat(classes));
    }
}
