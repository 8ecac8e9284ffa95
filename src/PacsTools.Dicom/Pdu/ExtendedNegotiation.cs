namespace PacsTools.Dicom.Pdus;

/// <summary>SOP class extended negotiation (PS3.7 D.3.3.5).</summary>
/// <param name="SopClassUid">The SOP class.</param>
/// <param name="Info">Bytes that the service class defines, such as relational queries in PS3.4 C.5.1.1.</param>
public sealed record ExtendedNegotiation(string SopClassUid, byte[] Info);
