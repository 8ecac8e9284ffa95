using PacsTools.Dicom.Data;
using PacsTools.Services.Query;

namespace PacsTools.Services.Simulation;

/// <summary>Makes the identifier of a C-FIND response (PS3.4 C.4.1.1.3.2): the keys asked for, with the values of what was found.</summary>
internal static class FindResponse
{
    private const string Utf8 = "ISO_IR 192";

    public static DicomDataset Create(FindQuery query, EntityPath found, string aeTitle)
    {
        var response = WithCharacterSet([.. found.All()]);
        response.SetString(DicomTags.QueryRetrieveLevel, query.Level.ToString().ToUpperInvariant());
        response.SetString(DicomTags.RetrieveAETitle, aeTitle);
        response.SetString(DicomTags.InstanceAvailability, "ONLINE");
        foreach (var key in query.Keys)
            Copy(key, found.At(LevelAttributes.LevelOf(key.Tag)!.Value), response);

        // A response without the unique keys could not be used for anything further.
        for (var level = query.Root; level <= query.Level; level++)
        {
            if (!response.Contains(LevelAttributes.UniqueKey(level)) && found.At(level).TryGetElement(LevelAttributes.UniqueKey(level), out var unique))
                response.Set(unique);
        }

        return response;
    }

    /// <summary>Copies what a key asks for: of a sequence the matching items, with only the attributes asked for (PS3.4 C.2.2.2.6).</summary>
    public static void Copy(AttributeKey key, DicomDataset from, DicomDataset to)
    {
        if (!from.TryGetElement(key.Tag, out var element))
            to.SetEmpty(key.Tag, key.VR);
        else if (key.ItemKeys is { Count: > 0 } itemKeys)
            to.SetItems(key.Tag, [.. from.GetItems(key.Tag).Where(key.ItemMatches).Select(item => Reduce(item, itemKeys))]);
        else
            to.Set(element);
    }

    /// <summary>An empty data set in the character set of its sources; UTF-8 if they differ.</summary>
    public static DicomDataset WithCharacterSet(IReadOnlyList<DicomDataset> sources)
    {
        string[] sets = [.. sources.Select(source => source.GetText(DicomTags.SpecificCharacterSet)).OfType<string>().Distinct(StringComparer.Ordinal)];
        var empty = new DicomDataset();
        if (sets.Length > 0)
            empty.SetString(DicomTags.SpecificCharacterSet, sets.Length == 1 ? sets[0].Split('\\') : [Utf8]);
        return empty;
    }

    private static DicomDataset Reduce(DicomDataset item, IReadOnlyList<AttributeKey> keys)
    {
        var reduced = WithCharacterSet([item]);
        foreach (var key in keys)
            Copy(key, item, reduced);
        return reduced;
    }
}
