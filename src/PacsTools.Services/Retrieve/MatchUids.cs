using PacsTools.Dicom.Data;

namespace PacsTools.Services.Retrieve;

/// <summary>What a match of a query says of where it belongs, by C-FIND or QIDO-RS.</summary>
internal static class MatchUids
{
    /// <summary>False if the match is of another study: an archive that ignores a key, or a part of a path, answers with others too.</summary>
    public static bool IsOfStudy(DicomDataset match, RetrieveRequest request) =>
        Of(match, DicomTags.StudyInstanceUID) is not { } study || study == request.StudyInstanceUID;

    /// <summary>A UID of the match; null if it has none, or nothing that could be one.</summary>
    public static string? Of(DicomDataset match, DicomTag tag) => match.GetString(tag)?.Trim(' ', '\0') is { Length: > 0 and <= DicomUids.MaxLength } uid ? uid : null;
}
