using PacsTools.Dicom.Data;

namespace PacsTools.Services.Simulation;

/// <summary>An identifier cannot be answered; says with which status, in which words and for which element. Stays inside the simulator.</summary>
internal sealed class IdentifierException(ushort status, string comment, params DicomTag[] offending) : Exception(comment)
{
    public ushort Status => status;

    public IReadOnlyList<DicomTag> Offending => offending;
}
