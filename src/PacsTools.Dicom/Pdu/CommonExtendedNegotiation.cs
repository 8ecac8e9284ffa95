namespace PacsTools.Dicom.Pdus;

/// <summary>SOP class common extended negotiation (PS3.7 D.3.3.6); occurs in requests only.</summary>
/// <param name="SopClassUid">The special SOP class.</param>
/// <param name="ServiceClassUid">Its service class.</param>
/// <param name="RelatedGeneralSopClasses">SOP classes as which its instances may be treated.</param>
public sealed record CommonExtendedNegotiation(string SopClassUid, string ServiceClassUid, IReadOnlyList<string> RelatedGeneralSopClasses);
