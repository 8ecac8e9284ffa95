namespace PacsTools.Dicom.Pdus;

/// <summary>How many operations may be outstanding at a time (PS3.7 D.3.3.3).</summary>
/// <param name="MaxOperationsInvoked">How many the sender may ask for; 0 means no limit.</param>
/// <param name="MaxOperationsPerformed">How many the sender may be asked for; 0 means no limit.</param>
public sealed record AsynchronousOperationsWindow(ushort MaxOperationsInvoked, ushort MaxOperationsPerformed);
