using PacsTools.Services.Query;

namespace PacsTools.Services.Simulation;

/// <summary>What is below a patient, study or series, for the counting attributes of PS3.4 C.6.1.1 and C.3.4.</summary>
internal sealed record GroupTotals(int Studies, int Series, int Instances, IReadOnlyList<string> Modalities, IReadOnlyList<string> SopClasses)
{
    public static GroupTotals Of(IndexedGroup group)
    {
        IndexedGroup[] series = group.Level switch
        {
            QueryLevel.Series => [group],
            QueryLevel.Study => [.. group.Children.Cast<IndexedGroup>()],
            _ => [.. group.Children.Cast<IndexedGroup>().SelectMany(study => study.Children).Cast<IndexedGroup>()],
        };
        return new GroupTotals(
            group.Level == QueryLevel.Patient ? group.Children.Count : 1,
            series.Length,
            group.InstanceCount,
            [.. series.Select(one => one.Modality!).Where(modality => modality.Length > 0).Distinct(StringComparer.Ordinal)],
            [.. series.SelectMany(one => one.SopClasses).Distinct(StringComparer.Ordinal)]);
    }
}
