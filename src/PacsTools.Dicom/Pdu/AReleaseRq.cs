namespace PacsTools.Dicom.Pdus;

/// <summary>A-RELEASE-RQ: asks for the orderly end of the association (PS3.8 9.3.6).</summary>
public sealed class AReleaseRq : Pdu
{
    /// <inheritdoc/>
    public override PduType Type => PduType.AReleaseRq;
}
