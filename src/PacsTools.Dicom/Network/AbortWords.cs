using PacsTools.Dicom.Pdus;

namespace PacsTools.Dicom.Network;

/// <summary>Words for source and reason of an A-ABORT (PS3.8 Table 9-26).</summary>
internal static class AbortWords
{
    public static string Describe(AAbort abort) => abort.Source switch
    {
        AAbort.ServiceUser => "by its application",
        AAbort.ServiceProvider => abort.Reason switch
        {
            0 => "by its protocol layer, reason not specified",
            1 => "by its protocol layer, unrecognized PDU",
            2 => "by its protocol layer, unexpected PDU",
            4 => "by its protocol layer, unrecognized PDU parameter",
            5 => "by its protocol layer, unexpected PDU parameter",
            6 => "by its protocol layer, invalid PDU parameter value",
            _ => $"by its protocol layer, reason {abort.Reason}",
        },
        _ => $"source {abort.Source}, reason {abort.Reason}",
    };
}
