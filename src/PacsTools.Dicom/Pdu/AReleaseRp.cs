namespace PacsTools.Dicom.Pdus;

/// <summary>A-RELEASE-RP: agrees to the end of the association (PS3.8 9.3.7).</summary>
public sealed class AReleaseRp : Pdu
{
    /// <inheritdoc/>
    public override PduType Type => PduType.AReleaseRp;
}
