namespace PacsTools.Dicom.Pdus;

/// <summary>A presentation data value: a fragment of the command or of the data set of one message (PS3.8 9.3.5.1, E.2).</summary>
/// <param name="ContextId">The presentation context of the message.</param>
/// <param name="IsCommand">True for a fragment of the command set, false for one of the data set.</param>
/// <param name="IsLast">True for the last fragment of its command set or data set.</param>
/// <param name="Data">The fragment itself.</param>
public sealed record Pdv(byte ContextId, bool IsCommand, bool IsLast, ReadOnlyMemory<byte> Data);
