using PacsTools.Dicom.Data;

namespace PacsTools.Services.Nodes;

/// <summary>The SOP classes an archive is asked about, in the one order in which they are always told.</summary>
internal static class CapabilityClasses
{
    private static readonly (PacsCapabilityCategory Category, string[] Uids)[] s_services =
    [
        (PacsCapabilityCategory.Verification, [DicomUids.Verification]),
        (PacsCapabilityCategory.Query,
        [
            DicomUids.PatientRootFind, DicomUids.StudyRootFind, "1.2.840.10008.5.1.4.1.2.3.1",
        ]),
        (PacsCapabilityCategory.Retrieve,
        [
            DicomUids.PatientRootMove, DicomUids.PatientRootGet, DicomUids.StudyRootMove, DicomUids.StudyRootGet,
            "1.2.840.10008.5.1.4.1.2.3.2", "1.2.840.10008.5.1.4.1.2.3.3", DicomUids.CompositeInstanceRootRetrieveMove,
            DicomUids.CompositeInstanceRootRetrieveGet, DicomUids.CompositeInstanceRetrieveWithoutBulkDataGet,
        ]),
        (PacsCapabilityCategory.Worklist, [DicomUids.ModalityWorklistFind, DicomUids.UnifiedProcedureStepPull, DicomUids.UnifiedProcedureStepQuery]),
        (PacsCapabilityCategory.Commitment, [DicomUids.StorageCommitmentPushModel]),
    ];

    private static readonly Lazy<IReadOnlyList<PacsCapability>> s_all = new(() =>
    [
        .. s_services.SelectMany(s => s.Uids.Select(uid => New(uid, s.Category))),
        .. UidRegistry.StorageSopClasses.Select(c => New(c.Uid, PacsCapabilityCategory.Storage)),
    ]);

    private static readonly Lazy<Dictionary<string, int>> s_places = new(() => s_all.Value.Select((c, i) => (c.UID, i)).ToDictionary(c => c.UID, c => c.i, StringComparer.Ordinal));

    /// <summary>Every class of the standard that is asked about, without an answer.</summary>
    public static IReadOnlyList<PacsCapability> All => s_all.Value;

    /// <summary>Those of <see cref="All"/> first, the others by their UIDs.</summary>
    public static IComparer<PacsCapability> Order { get; } = Comparer<PacsCapability>.Create((a, b) =>
    {
        var byPlace = Place(a).CompareTo(Place(b));
        return byPlace != 0 ? byPlace : string.CompareOrdinal(a.UID, b.UID);
    });

    /// <summary>Name and category of a class, without an answer. One the standard does not know is taken for a private storage class.</summary>
    public static PacsCapability Describe(string uid) => s_places.Value.TryGetValue(uid, out var place)
        ? All[place]
        : New(uid, UidRegistry.TryGet(uid, out _) ? PacsCapabilityCategory.Other : PacsCapabilityCategory.Storage);

    private static int Place(PacsCapability capability) => s_places.Value.GetValueOrDefault(capability.UID, int.MaxValue);

    private static PacsCapability New(string uid, PacsCapabilityCategory category) =>
        new() { UID = uid, Name = UidRegistry.TryGet(uid, out var entry) ? entry.Name : uid, Category = category };
}
