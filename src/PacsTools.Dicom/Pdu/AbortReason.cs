using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Pdus;

/// <summary>The reasons of an abort whose source is the service provider (PS3.8 Table 9-26).</summary>
public enum AbortReason : byte
{
    /// <summary>No reason specified.</summary>
    NotSpecified = 0,

    /// <summary>A PDU of a type that does not exist.</summary>
    UnrecognizedPdu = 1,

    /// <summary>A PDU that the present state does not allow.</summary>
    UnexpectedPdu = 2,

    /// <summary>A parameter that does not exist.</summary>
    UnrecognizedPduParameter = 4,

    /// <summary>A parameter at the wrong place.</summary>
    UnexpectedPduParameter = 5,

    /// <summary>A parameter with an illegal value.</summary>
    InvalidPduParameterValue = 6,
}

/// <summary>Finds the abort reason that tells a peer what it did wrong.</summary>
internal static class AbortReasons
{
    /// <summary>The field name in errors about PDUs of an unknown type.</summary>
    public const string PduTypeField = "PDU-type";

    public static AbortReason For(DicomProtocolException error) => error switch
    {
        { IsUnexpectedPdu: true } => AbortReason.UnexpectedPdu,
        { Field: PduTypeField } => AbortReason.UnrecognizedPdu,
        _ => AbortReason.InvalidPduParameterValue,
    };
}
