namespace PacsTools.Dicom.Dimse;

/// <summary>The one table of status codes, and how a code is looked up in it.</summary>
internal static partial class DimseStatusTable
{
    private static readonly Lazy<DimseStatus[]> s_all = new(() =>
        [.. General(), .. Storage(), .. Query(), .. Retrieve(), .. Commitment(), .. ProcedureSteps(), .. Printing(), .. OtherServices()]);

    // Success is all that most processes ever look up, a C-ECHO nothing else: it is told without building the table.
    private static readonly DimseStatus s_success = new(DimseService.Any, 0x0000, DimseStatusClass.Success, "Success", "The operation is complete.", "");
    private static readonly DimseStatus s_findSuccess = s_success with { Service = DimseService.Find, Words = "The query is complete; there are no more matches." };
    private static readonly DimseStatus s_moveSuccess = s_success with { Service = DimseService.Move, Words = "Every instance was sent to the destination." };
    private static readonly DimseStatus s_getSuccess = s_success with { Service = DimseService.Get, Words = "Every instance was sent." };

    // Responses come by the thousand, so what is one code is found by it; the few ranges are walked through.
    private static readonly Lazy<Dictionary<int, DimseStatus>> s_single = new(() =>
        s_all.Value.Where(status => status.LastCode == status.Code).ToDictionary(status => Key(status.Service, status.Code)));

    private static readonly Lazy<DimseStatus[]> s_ranges = new(() => [.. s_all.Value.Where(status => status.LastCode != status.Code)]);

    internal static IReadOnlyList<DimseStatus> All => Array.AsReadOnly(s_all.Value);

    internal static DimseStatus Lookup(DimseService service, ushort code)
    {
        if (code == 0)
            return SuccessOf(service);
        for (DimseService? at = service; at is { } current; at = Broader(current))
        {
            if (s_single.Value.TryGetValue(Key(current, code), out DimseStatus? single))
                return single;
            foreach (DimseStatus range in s_ranges.Value)
            {
                if (range.Service == current && range.Code <= code && code <= range.LastCode)
                    return range with { Code = code, LastCode = code };
            }
        }
        return Unknown(service, code);
    }

    private static DimseStatus SuccessOf(DimseService service) => Broader(service) == DimseService.Find ? s_findSuccess : service switch
    {
        DimseService.Find => s_findSuccess,
        DimseService.Move => s_moveSuccess,
        DimseService.Get => s_getSuccess,
        _ => s_success,
    };

    /// <summary>Where a code is looked up next that the service does not define itself.</summary>
    private static DimseService? Broader(DimseService service) => service switch
    {
        DimseService.Any => null,
        DimseService.ModalityWorklist or DimseService.RelevantPatientInformation or DimseService.SubstanceAdministration
            or DimseService.StorageManagement => DimseService.Find,
        DimseService.NonPatientObjectStorage => DimseService.Store,
        _ => DimseService.Any,
    };

    private static DimseStatus Unknown(DimseService service, ushort code)
    {
        DimseStatusClass statusClass = DimseStatus.Classify(code);
        (string name, string words) = (statusClass, code >> 12) switch
        {
            (DimseStatusClass.Warning, _) => ("UnknownWarning", "The peer did what was asked and warns with a code that the standard does not define for this service."),
            (_, 0xA) => ("UnknownRefusal", "The peer refused with a code that the standard does not define for this service."),
            (_, 0xC) => ("UnknownError", "The peer could not do what was asked and says so with a code that the standard does not define for this service."),
            _ => ("UnknownFailure", "The peer answered with a code that the standard does not define; it counts as a failure."),
        };
        return new DimseStatus(service, code, statusClass, name, words,
            "See the Error Comment, the peer's log at this time and its conformance statement, which must list the code.") { IsKnown = false };
    }

    private static int Key(DimseService service, ushort code) => ((int)service << 16) | code;

    private static DimseStatus Range(DimseStatus first, ushort last) => first with { LastCode = last };
}
