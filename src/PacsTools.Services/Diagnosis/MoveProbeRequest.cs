using PacsTools.Services.Storage;

namespace PacsTools.Services.Diagnosis;

/// <summary>What to have sent here to see whether it comes.</summary>
/// <param name="StudyInstanceUID">A study of which one instance is asked for; null for one that cannot exist, which only tells whether our AE title is known.</param>
/// <param name="Scp">Which Storage SCP it is to come to.</param>
internal sealed record MoveProbeRequest(string? StudyInstanceUID, StorageScpChoice Scp);
