namespace PacsTools.Services.Retrieve;

/// <summary>An instance the archive says it has.</summary>
/// <param name="SOPInstanceUID">SOP Instance UID (0008,0018).</param>
/// <param name="SOPClassUID">SOP Class UID (0008,0016); null if the archive did not say.</param>
/// <param name="SeriesInstanceUID">Series Instance UID (0020,000E).</param>
internal sealed record ExpectedInstance(string SOPInstanceUID, string? SOPClassUID, string SeriesInstanceUID);
