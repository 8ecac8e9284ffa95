using System.Runtime.CompilerServices;
using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>
/// A query that does not name its entity of the level above: studies by keys of the patient in the Patient Root model, or the instances of a
/// whole study. A hierarchical search (PS3.4 C.4.1.2.2.1) goes down level by level: first the entities above, then what is below each; what the
/// archive said of the one above is put into the answers about what is below.
/// </summary>
internal sealed class HierarchicalSearch(FindScu find, PacsNode node, FindRequest request, QueryPlan plan, QueryStage above, PartSearch parts)
{
    public async IAsyncEnumerable<FindMatch> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var alike in plan.Parts.Select((part, index) => (Index: index, Item: part)).GroupBy(one => Signature(one.Item), StringComparer.Ordinal))
        {
            var group = alike.ToList();
            await foreach (var upper in find.FindAsync(node, AskAbove(group[0].Item), cancellationToken).ConfigureAwait(false))
            {
                if (upper.Dataset.GetString(above.UniqueKey) is not { } name)
                {
                    request.Log.Verbose($"{node}: an answer at level {above.Level} without {AttributePath.KeywordOf(above.UniqueKey)} was passed over; nothing below it can be asked for.");
                    continue;
                }

                var below = group.ConvertAll(one => (one.Index, Below(one.Item, name)));
                await foreach (var match in parts.RunAsync(below, cancellationToken).ConfigureAwait(false))
                {
                    var joined = Join(match.Dataset, upper.Dataset);

                    // An ID with an asterisk in it is a wildcard on the wire.
                    if (joined.GetString(above.UniqueKey) == name)
                    {
                        yield return match with { Dataset = joined };
                    }
                }
            }
        }
    }

    /// <summary>Parts with the same keys here have the same entities above.</summary>
    private string Signature(QueryPart part) => string.Join('\n', Upper(part).Select(key => $"{key.Path.Name}={string.Join('\\', key.Values)}"));

    private IEnumerable<MatchingKey> Upper(QueryPart part) => part.Keys.Where(key => above.Owns(key.Path) || above.IsAbove(key.Path));

    private FindRequest AskAbove(QueryPart part) => request with
    {
        Identifiers = [QueryIdentifier.Build(above.Level, Upper(part), above.Attributes.Select(AttributePath.Of))],
    };

    private QueryPart Below(QueryPart part, string name)
    {
        var unique = new MatchingKey(AttributePath.Of(above.UniqueKey), [name], _ => true);
        return QueryPart.Create(
            plan.Target.Level,
            [unique, .. part.Keys.Where(key => !above.Owns(key.Path))],
            [.. plan.ReturnKeys.Where(path => !above.Owns(path))]);
    }

    /// <summary>The answer about what is below, with what is known from above where it says nothing itself.</summary>
    private static DicomDataset Join(DicomDataset below, DicomDataset above)
    {
        // Elements copied to another data set take their text along, whatever set each came in; only Unicode surely holds both.
        var joined = new DicomDataset { FallbackEncoding = below.FallbackEncoding };
        joined.SetString(DicomTags.SpecificCharacterSet, DicomVR.CS, "ISO_IR 192");
        foreach (var element in above.Where(element => element.Tag != DicomTags.SpecificCharacterSet && element.Tag != DicomTags.QueryRetrieveLevel))
        {
            joined.Set(element);
        }

        foreach (var element in below.Where(element => element.Tag != DicomTags.SpecificCharacterSet))
        {
            if (!element.IsEmpty || !joined.Contains(element.Tag))
            {
                joined.Set(element);
            }
        }

        return joined;
    }
}
