namespace PacsTools.Dicom.Pdus;

/// <summary>A protocol data unit of the upper layer (PS3.8 9.3), held apart from any connection.</summary>
public abstract class Pdu
{
    private protected Pdu()
    {
    }

    /// <summary>Which of the seven PDUs this is.</summary>
    public abstract PduType Type { get; }
}
