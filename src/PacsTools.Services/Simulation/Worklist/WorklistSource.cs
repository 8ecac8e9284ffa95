using System.Collections;
using System.Globalization;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Files;
using PacsTools.Services.Query;

namespace PacsTools.Services.Simulation;

/// <summary>Reads worklist items from what people have: DICOM files as wlmscpfs keeps them, folders of those, data sets, or tables of keywords and values.</summary>
internal static class WorklistSource
{
    // PS3.4 K.6.1.2.2: what belongs to the scheduled step, whether it is written there or beside it.
    private static readonly DicomTag[] s_ofStep =
    [
        DicomTags.Modality, DicomTags.ScheduledStationAETitle, DicomTags.ScheduledStationName, DicomTags.ScheduledProcedureStepStartDate,
        DicomTags.ScheduledProcedureStepStartTime, DicomTags.ScheduledPerformingPhysicianName, DicomTags.ScheduledProcedureStepDescription,
        DicomTags.ScheduledProcedureStepID, DicomTags.ScheduledProcedureStepLocation, DicomTags.ScheduledProcedureStepStatus,
    ];

    /// <summary>The items of one source.</summary>
    /// <param name="source">A path, a table or a data set.</param>
    /// <exception cref="ArgumentException">It is none of these, or a keyword or value makes no sense.</exception>
    /// <exception cref="DicomDataException">A file is no DICOM file.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IEnumerable<DicomDataset> Read(object? source) => source switch
    {
        DicomDataset item => [item],
        DicomWorklistItem found => [found.Dataset],
        IDictionary table => [FromTable(table)],
        string path when Directory.Exists(path) => Directory.EnumerateFiles(path).Order(StringComparer.Ordinal).Where(IsItem).Select(ReadFile),
        string path => [ReadFile(path)],
        _ => throw new ArgumentException($"A worklist item is a table of keywords and values, a data set, a file or a folder, not a {source?.GetType().Name ?? "null"}."),
    };

    // wlmscpfs keeps a lock file beside its items.
    private static bool IsItem(string path) => !Path.GetFileName(path).Equals("lockfile", StringComparison.OrdinalIgnoreCase);

    private static DicomDataset ReadFile(string path) => DicomFile.Open(path).Dataset;

    private static DicomDataset FromTable(IDictionary table)
    {
        var item = new DicomDataset();
        Fill(item, table);
        var step = item.GetItems(DicomTags.ScheduledProcedureStepSequence).FirstOrDefault() ?? new DicomDataset();
        foreach (var tag in s_ofStep)
        {
            if (!item.TryGetElement(tag, out var element))
                continue;
            step.Set(element);
            item.Remove(tag);
        }

        // What every item has to have (type 1) and nobody wants to write.
        AddIfMissing(step, DicomTags.ScheduledProcedureStepID, "SPS1");
        AddIfMissing(item, DicomTags.RequestedProcedureID, "RP1");
        AddIfMissing(item, DicomTags.StudyInstanceUID, DicomUids.NewUid());
        if (item.GetItems(DicomTags.ScheduledProcedureStepSequence).Count == 0)
            item.SetItems(DicomTags.ScheduledProcedureStepSequence, step);
        var terms = SpecificCharacterSet.LeastFor(Texts(item));
        if (terms.Count > 0)
            item.SetString(DicomTags.SpecificCharacterSet, [.. terms]);
        return item;
    }

    private static void Fill(DicomDataset dataset, IDictionary table)
    {
        foreach (System.Collections.DictionaryEntry entry in table)
        {
            var name = Convert.ToString(entry.Key, CultureInfo.InvariantCulture);
            if (!DicomTag.TryParse(name, out var tag) || !DicomDictionary.Default.TryGet(tag, out var known))
                throw new ArgumentException($"'{name}' is no DICOM keyword and no tag.");
            if (known.DefaultVR == DicomVR.SQ)
                dataset.SetItems(tag, [.. Several(entry.Value).Select(Item)]);
            else
                dataset.SetString(tag, [.. Several(entry.Value).Select(value => Text(known, value))]);
        }

        static DicomDataset Item(object? value)
        {
            var item = new DicomDataset();
            Fill(item, value as IDictionary ?? throw new ArgumentException("An item of a sequence is a table of keywords and values."));
            return item;
        }
    }

    private static IEnumerable<object?> Several(object? value) => value is IEnumerable many and not string and not IDictionary ? many.Cast<object?>() : [value];

    private static string Text(PacsTools.Dicom.Data.DictionaryEntry known, object? value) => known.DefaultVR switch
    {
        DicomVR.DA => DicomDateRange.FromValue(value, known.Keyword).ToString(),
        DicomVR.TM => DicomTimeRange.FromValue(value, known.Keyword).ToString(),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static void AddIfMissing(DicomDataset dataset, DicomTag tag, string value)
    {
        if (dataset.GetString(tag) is null)
            dataset.SetString(tag, value);
    }

    private static IEnumerable<string> Texts(DicomDataset dataset) =>
        dataset.SelectMany(element => element.Items is { } items ? items.SelectMany(Texts) : dataset.GetStrings(element.Tag));
}
