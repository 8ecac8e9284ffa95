using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;

namespace PacsTools.Services.Simulation;

/// <summary>An operation faults can be confined to.</summary>
/// <param name="Name">As the knob names it.</param>
/// <param name="Operation">Its request; null for what is no DIMSE operation.</param>
/// <param name="SopClasses">The abstract syntaxes an association for it proposes.</param>
internal sealed record FaultyOperation(string Name, CommandField? Operation, IReadOnlySet<string> SopClasses)
{
    /// <summary>Searches by DICOMweb.</summary>
    public static FaultyOperation Qido { get; } = new("Qido", null, Set());

    /// <summary>Retrieves by DICOMweb, of metadata too.</summary>
    public static FaultyOperation Wado { get; } = new("Wado", null, Set());

    /// <summary>Stores by DICOMweb.</summary>
    public static FaultyOperation Stow { get; } = new("Stow", null, Set());

    public static IReadOnlyList<FaultyOperation> All { get; } =
    [
        new("Echo", CommandField.CEchoRequest, Set(DicomUids.Verification)),
        new("Find", CommandField.CFindRequest, Set(DicomUids.StudyRootFind, DicomUids.PatientRootFind, DicomUids.ModalityWorklistFind)),
        new("Move", CommandField.CMoveRequest, Set(DicomUids.StudyRootMove, DicomUids.PatientRootMove)),
        new("Get", CommandField.CGetRequest, Set(DicomUids.StudyRootGet, DicomUids.PatientRootGet)),
        new("Store", CommandField.CStoreRequest, UidRegistry.StorageSopClasses.Select(entry => entry.Uid).ToHashSet(StringComparer.Ordinal)),
        Qido,
        Wado,
        Stow,
    ];

    private static HashSet<string> Set(params string[] uids) => new(uids, StringComparer.Ordinal);
}
