namespace PacsTools.Services.Acceptance;

/// <summary>A study that has to be there, and how much of it. It is told by its UID alone: keys of the patient are read from the archive when a suite runs.</summary>
/// <param name="StudyInstanceUID">Study Instance UID (0020,000D).</param>
/// <param name="Series">How many series a query of the level SERIES found.</param>
/// <param name="Instances">How many instances queries of the level IMAGE found.</param>
internal sealed record AcceptanceSample(string StudyInstanceUID, int Series, int Instances);
