using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Network;
using PacsTools.TestKit.Data;

namespace PacsTools.Services.Tests.Retrieve;

/// <summary>What the queries of a <see cref="FakeArchive"/> answer with, and how they end.</summary>
internal sealed class FakeCatalogue(IReadOnlyList<TestInstance> instances)
{
    private readonly List<string> _asked = [];

    /// <summary>Number of Series and Study Related Instances as the archive tells them; null to leave them empty.</summary>
    public Func<int, int>? Announce { get; init; }

    /// <summary>The final status of the queries of a level.</summary>
    public Func<string, ushort> Status { get; init; } = _ => 0;

    /// <summary>Called before each answer, with the level asked for.</summary>
    public Action<string>? Before { get; init; }

    /// <summary>The levels asked for, in order.</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_asked)
                return [.. _asked];
        }
    }

    public void Answer(Association association, IncomingMessage message)
    {
        var request = CFindRequest.From(message.Command);
        var syntax = TransferSyntax.Get(message.Context.TransferSyntax);
        var keys = DatasetReader.Read(message.ReadDataset(), syntax);
        var level = keys.GetString(DicomTags.QueryRetrieveLevel, "");
        lock (_asked)
            _asked.Add(level);
        Before?.Invoke(level);
        var status = Status(level);
        if (status == 0)
        {
            foreach (var match in Matches(level, keys))
                association.Send(message.Context, (CFindResponse.To(request, 0xFF00) with { HasDataSet = true }).ToCommandSet(), DatasetWriter.Write(match, syntax));
        }

        association.Send(message.Context, CFindResponse.To(request, status).ToCommandSet());
    }

    private IEnumerable<DicomDataset> Matches(string level, DicomDataset keys)
    {
        var study = instances.Where(i => i.StudyInstanceUID == keys.GetString(DicomTags.StudyInstanceUID)).ToList();
        return level switch
        {
            "STUDY" => study.Count == 0 ? [] : [Match(study[0], (DicomTags.NumberOfStudyRelatedInstances, Number(study.Count)))],
            "SERIES" => study.GroupBy(i => i.SeriesInstanceUID).Select(series => Match(
                series.First(),
                (DicomTags.SeriesInstanceUID, series.Key),
                (DicomTags.Modality, "CT"),
                (DicomTags.NumberOfSeriesRelatedInstances, Number(series.Count())))),
            _ => study.Where(i => i.SeriesInstanceUID == keys.GetString(DicomTags.SeriesInstanceUID)).Select(i => Match(
                i,
                (DicomTags.SeriesInstanceUID, i.SeriesInstanceUID),
                (DicomTags.SOPInstanceUID, i.SOPInstanceUID),
                (DicomTags.SOPClassUID, i.SOPClassUID))),
        };
    }

    private string Number(int count) => Announce?.Invoke(count).ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";

    private static DicomDataset Match(TestInstance of, params (DicomTag Tag, string Value)[] values)
    {
        var match = new DicomDataset();
        match.SetString(DicomTags.StudyInstanceUID, of.StudyInstanceUID);
        foreach (var (tag, value) in values)
        {
            if (value.Length == 0)
                match.SetEmpty(tag);
            else
                match.SetString(tag, value);
        }

        return match;
    }
}
