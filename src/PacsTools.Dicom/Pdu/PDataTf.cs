namespace PacsTools.Dicom.Pdus;

/// <summary>P-DATA-TF: one or more fragments of messages (PS3.8 9.3.5). Bulk data does not pass through this type:
/// see <see cref="PDataDecoder"/> and <see cref="PduWriter.WritePDataHeader"/>.</summary>
public sealed class PDataTf : Pdu
{
    /// <summary>Creates the PDU from its presentation data values.</summary>
    public PDataTf(IReadOnlyList<Pdv> values) => Values = values;

    /// <summary>Creates the PDU from its presentation data values.</summary>
    public PDataTf(params Pdv[] values) => Values = values;

    /// <inheritdoc/>
    public override PduType Type => PduType.PDataTf;

    /// <summary>The presentation data values; at least one.</summary>
    public IReadOnlyList<Pdv> Values { get; }
}
