namespace PacsTools.Dicom.Errors;

/// <summary>The words of PS3.8 Table 9-21 for the result, source and reason of an A-ASSOCIATE-RJ.</summary>
internal static class AssociationRejectWords
{
    public static string Name(byte source, byte reason) => (source, reason) switch
    {
        (1, 1) => "NoReasonGiven",
        (1, 2) => "ApplicationContextNotSupported",
        (1, 3) => "CallingAENotRecognized",
        (1, 7) => "CalledAENotRecognized",
        (2, 1) => "NoReasonGiven",
        (2, 2) => "ProtocolVersionNotSupported",
        (3, 1) => "TemporaryCongestion",
        (3, 2) => "LocalLimitExceeded",
        _ => $"Reason{reason}",
    };

    public static string Describe(byte result, byte source, byte reason)
    {
        var resultWords = result switch { 1 => "permanent", 2 => "transient", _ => $"result {result}" };
        var sourceWords = source switch
        {
            1 => "service user",
            2 => "service provider, ACSE",
            3 => "service provider, presentation",
            _ => $"source {source}",
        };
        var reasonWords = Name(source, reason) switch
        {
            "NoReasonGiven" => "no reason given",
            "ApplicationContextNotSupported" => "application context name not supported",
            "CallingAENotRecognized" => "calling AE title not recognized",
            "CalledAENotRecognized" => "called AE title not recognized",
            "ProtocolVersionNotSupported" => "protocol version not supported",
            "TemporaryCongestion" => "temporary congestion",
            "LocalLimitExceeded" => "local limit exceeded",
            _ => "reserved reason",
        };
        return $"{reasonWords} (rejected {resultWords}, {sourceWords}, reason {reason})";
    }
}
