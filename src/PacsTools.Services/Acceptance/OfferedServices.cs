using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;
using PacsTools.Services.Simulation.TestData;

namespace PacsTools.Services.Acceptance;

/// <summary>Reads out of an archive's capabilities what a suite can ask of it, and notes the reason where it cannot.</summary>
internal sealed class OfferedServices(PacsNode node, NodeCapabilities capabilities)
{
    private static readonly (SyntheticModality Modality, string SopClass)[] s_kinds =
    [
        (SyntheticModality.CT, DicomUids.CTImageStorage),
        (SyntheticModality.MR, DicomUids.MRImageStorage),
        (SyntheticModality.CR, DicomUids.ComputedRadiographyImageStorage),
        (SyntheticModality.SC, DicomUids.SecondaryCaptureImageStorage),
        (SyntheticModality.US, DicomUids.UltrasoundMultiFrameImageStorage),
        (SyntheticModality.SR, DicomUids.BasicTextSRStorage),
    ];

    private readonly SortedDictionary<string, string> _notOffered = new(StringComparer.Ordinal);

    /// <summary>What is not offered, and why.</summary>
    public IReadOnlyDictionary<string, string> NotOffered => _notOffered;

    /// <summary>The model to ask in: the node's, or Patient Root where nothing else is accepted.</summary>
    public QueryModel QueryModel =>
        node.QueryModel == QueryModel.Study && !Accepts(DicomUids.StudyRootFind) && Accepts(DicomUids.PatientRootFind) ? QueryModel.Patient : node.QueryModel;

    /// <summary>True if studies can be asked for.</summary>
    public bool Find => Offers("Find", Model(DicomUids.StudyRootFind, DicomUids.PatientRootFind));

    /// <summary>Notes by which roads nothing can be retrieved.</summary>
    public void NoteRoads()
    {
        Offers("CMove", Model(DicomUids.StudyRootMove, DicomUids.PatientRootMove));
        if (Offers("CGet", Model(DicomUids.StudyRootGet, DicomUids.PatientRootGet)) && !capabilities.SopClasses.Any(c => c.ScpRole))
            Note("CGet", "no storage class is accepted with us as SCP");
        if (node.DicomWebUri is null)
            Note("DicomWeb", "the node has no DicomWebUri");
    }

    /// <summary>The kind of study the archive stores, of those that can be made.</summary>
    public SyntheticModality Modality()
    {
        foreach (var (modality, sopClass) in s_kinds)
        {
            if (Accepts(sopClass))
                return modality;
        }

        Note("Send", "none of the storage classes is accepted of which a study can be made");
        return default;
    }

    /// <summary>Notes whether a service is offered that needs nothing but its SOP class.</summary>
    public bool Offers(string name, string sopClass)
    {
        if (Accepts(sopClass))
            return true;
        Note(name, capabilities.Find(sopClass)?.Reason ?? "it was not asked for");
        return false;
    }

    /// <summary>Notes why something is not in the suite; the first reason stays.</summary>
    public void Note(string name, string reason) => _notOffered.TryAdd(name, reason);

    private string Model(string studyRoot, string patientRoot) => QueryModel == QueryModel.Patient ? patientRoot : studyRoot;

    private bool Accepts(string sopClass) => capabilities.Find(sopClass) is { Accepted: true };
}
