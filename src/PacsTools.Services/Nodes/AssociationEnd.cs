using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Nodes;

/// <summary>What becomes of an association after an operation that failed.</summary>
internal static class AssociationEnd
{
    /// <summary>Releases it if the failure left it in order, as a failure status does; aborts it otherwise.</summary>
    public static void After(Exception failure, Association association)
    {
        if (failure is DicomException { AssociationSurvives: true } && association.IsUsable)
        {
            association.Release();
        }
        else
        {
            association.Dispose();
        }
    }
}
