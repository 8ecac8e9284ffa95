namespace PacsTools.Dicom.Pdus;

/// <summary>The first six bytes of every PDU (PS3.8 9.3.1).</summary>
/// <param name="Type">The PDU type; always one of the seven known ones.</param>
/// <param name="Length">The number of bytes that follow the header.</param>
public readonly record struct PduHeader(PduType Type, uint Length)
{
    /// <summary>Length in bytes of the header itself.</summary>
    public const int Size = 6;
}
