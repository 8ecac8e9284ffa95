using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Retrieve;

/// <summary>The identifier of a C-MOVE or C-GET: unique keys of the level and those above it, nothing else (PS3.4 C.4.2.2.1).</summary>
internal static class RetrieveIdentifier
{
    public static DicomDataset Build(RetrieveRequest request, RetrieveScope scope)
    {
        var identifier = new DicomDataset();
        identifier.SetString(DicomTags.QueryRetrieveLevel, scope.Level switch
        {
            RetrieveLevel.Series => "SERIES",
            RetrieveLevel.Image => "IMAGE",
            _ => "STUDY",
        });
        if (request.Node.QueryModel == QueryModel.Patient)
            identifier.SetString(DicomTags.PatientID, request.PatientID!);
        identifier.SetString(DicomTags.StudyInstanceUID, request.StudyInstanceUID);
        if (scope.Level != RetrieveLevel.Study)
            identifier.SetString(DicomTags.SeriesInstanceUID, [.. scope.SeriesInstanceUIDs]);
        if (scope.Level == RetrieveLevel.Image)
            identifier.SetString(DicomTags.SOPInstanceUID, [.. scope.SOPInstanceUIDs]);
        return identifier;
    }

    /// <summary>Refuses what must never be sent: an empty UID means everything to some archives, a wildcard to others.</summary>
    /// <exception cref="ArgumentException">A UID the level needs is missing or is none.</exception>
    public static void Check(RetrieveRequest request)
    {
        CheckUid(request.StudyInstanceUID, "StudyInstanceUID");
        CheckList(request.SeriesInstanceUIDs, "SeriesInstanceUID");
        CheckList(request.SOPInstanceUIDs, "SOPInstanceUID");
        if (request.Level == RetrieveLevel.Series && request.SeriesInstanceUIDs.Count == 0)
            throw Empty("SeriesInstanceUID");
        if (request.Level == RetrieveLevel.Image && request.SeriesInstanceUIDs.Count != 1)
            throw new ArgumentException("Retrieving instances needs the SeriesInstanceUID of the one series they belong to.");
        if (request.Level == RetrieveLevel.Image && request.SOPInstanceUIDs.Count == 0)
            throw Empty("SOPInstanceUID");
    }

    private static void CheckList(IReadOnlyList<string> uids, string keyword)
    {
        foreach (var uid in uids)
            CheckUid(uid, keyword);
    }

    /// <exception cref="ArgumentException">It is no UID, or empty.</exception>
    public static void CheckUid(string? uid, string keyword)
    {
        if (string.IsNullOrWhiteSpace(uid))
            throw Empty(keyword);
        // Tolerant beyond PS3.5 9.1 for archives that hold illegal UIDs, but no list, wildcard or control character passes.
        if (uid.Length > DicomUids.MaxLength || uid.AsSpan().IndexOfAny("\\*?\" ") >= 0 || uid.Any(c => char.IsControl(c) || c > '~'))
            throw new ArgumentException($"The {keyword} given is no UID: {DicomUids.MaxLength} characters at most, of digits and dots.");
    }

    private static ArgumentException Empty(string keyword) => new($"The {keyword} is empty. An empty UID is never sent: it would mean everything.");
}
