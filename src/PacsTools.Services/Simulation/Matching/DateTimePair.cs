using PacsTools.Dicom.Data;

namespace PacsTools.Services.Simulation;

/// <summary>A date and a time that are one moment where combined date-time matching was negotiated (PS3.4 C.2.2.2.5).</summary>
internal sealed class DateTimePair(DicomTag date, DicomTag time, MomentRange range)
{
    private static readonly (DicomTag Date, DicomTag Time)[] s_pairs =
    [
        (DicomTags.StudyDate, DicomTags.StudyTime),
        (DicomTags.SeriesDate, DicomTags.SeriesTime),
        (DicomTags.ContentDate, DicomTags.ContentTime),
        (DicomTags.AcquisitionDate, DicomTags.AcquisitionTime),
        (DicomTags.PerformedProcedureStepStartDate, DicomTags.PerformedProcedureStepStartTime),
        (DicomTags.ScheduledProcedureStepStartDate, DicomTags.ScheduledProcedureStepStartTime),
    ];

    public bool Covers(DicomTag tag) => tag == date || tag == time;

    /// <summary>The pairs among these keys.</summary>
    public static IReadOnlyList<DateTimePair> FindIn(IReadOnlyList<AttributeKey> keys)
    {
        var found = new List<DateTimePair>();
        foreach (var (dateTag, timeTag) in s_pairs)
        {
            var dates = keys.FirstOrDefault(key => key.Tag == dateTag && key.Values.Length == 1);
            var times = keys.FirstOrDefault(key => key.Tag == timeTag && key.Values.Length == 1);
            if (dates is null || times is null)
                continue;
            if (MomentRange.Combine(ValueTest.Range(DicomVR.DA, dates.Values[0]), ValueTest.Range(DicomVR.TM, times.Values[0])) is { } both)
                found.Add(new DateTimePair(dateTag, timeTag, both));
        }

        return found;
    }

    public bool Matches(DicomDataset entity)
    {
        if (entity.GetString(date) is not { } dateText || Moment.Date(dateText) is not { } day)
            return false;

        // A day without a time of day could be any: it counts as its beginning, as an absent TM counts as zero.
        var timeOfDay = entity.GetString(time) is { } timeText ? Moment.Time(timeText) : new Moment(0, 0, null);
        return timeOfDay is { } clock && range.Contains(Moment.Combine(day, clock));
    }
}
