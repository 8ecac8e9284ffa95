using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Services.Simulation.Web;

/// <summary>What a fault's DIMSE status or rejection is in HTTP (PS3.18 8.5).</summary>
internal static class WebStatus
{
    /// <param name="status">A DIMSE status.</param>
    /// <param name="stores">True if the request was to store something.</param>
    public static HttpError Of(ushort status, bool stores)
    {
        var code = status switch
        {
            >= 0xA700 and <= 0xA7FF => stores ? 507 : 503,
            >= 0xA900 and <= 0xA9FF or DimseCodes.SopClassNotSupported or DimseCodes.ClassInstanceConflict => 409,
            0x0124 => 403,
            DimseCodes.NoSuchInstance => 404,
            _ when DimseStatus.Lookup(DimseService.Store, status).Class is DimseStatusClass.Success or DimseStatusClass.Warning => 204,
            _ => 500,
        };
        return new HttpError(code, $"status {status:X4}H, as the fault has it");
    }

    /// <summary>Congestion is 503, a caller that is not known 401, every other rejection 403.</summary>
    public static HttpError Of(AAssociateRj rejection) => rejection switch
    {
        { Result: 2 } => new HttpError(503, "rejected for now, as the fault has it", ("Retry-After", "1")),
        { Source: 1, Reason: 3 } => WebAuthentication.Unauthorized("rejected, as the fault has it"),
        _ => new HttpError(403, "rejected, as the fault has it"),
    };
}
