namespace PacsTools.Dicom.Pdus;

/// <summary>As much of one presentation data value as has arrived: where it lies in the bytes given to
/// <see cref="PDataDecoder.TryNext"/>, and what it is.</summary>
public readonly struct PdvSlice
{
    internal PdvSlice(byte contextId, byte control, int offset, int length, bool isOdd, bool endOfPdv, bool endOfPdu)
    {
        ContextId = contextId;
        IsCommand = (control & MessageControl.Command) != 0;
        IsLast = (control & MessageControl.Last) != 0;
        Offset = offset;
        Length = length;
        IsOddFragment = isOdd;
        EndOfPdv = endOfPdv;
        EndOfPdu = endOfPdu;
    }

    /// <summary>The presentation context of the message.</summary>
    public byte ContextId { get; }

    /// <summary>True for a piece of a command set, false for one of a data set.</summary>
    public bool IsCommand { get; }

    /// <summary>True if the value this is a piece of is the last of its command set or data set.</summary>
    public bool IsLast { get; }

    /// <summary>Where the piece starts in the bytes given.</summary>
    public int Offset { get; }

    /// <summary>The length of the piece in bytes; 0 only for an empty value.</summary>
    public int Length { get; }

    /// <summary>True if the whole value has an odd length, which PS3.8 E.2 forbids and we tolerate.</summary>
    public bool IsOddFragment { get; }

    /// <summary>True if the value ends with this piece.</summary>
    public bool EndOfPdv { get; }

    /// <summary>True if the PDU ends with this piece; the decoder then waits for <see cref="PDataDecoder.Reset"/>.</summary>
    public bool EndOfPdu { get; }

    /// <summary>True if the command set or data set is complete with this piece.</summary>
    public bool EndsPart => IsLast && EndOfPdv;
}
