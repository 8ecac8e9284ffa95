using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Nodes;

/// <summary>What becomes of an association after an operation that failed.</summary>
internal static class AssociationEnd
{
    // Whoever cancelled waits for a prompt: an archive that does not confirm the release at once is aborted.
    private static readonly TimeSpan s_hurry = TimeSpan.FromMilliseconds(300);

    /// <summary>Releases it if the failure left it in order, as a failure status or an answered C-CANCEL does; aborts it otherwise.</summary>
    public static void After(Exception failure, Association association)
    {
        if (!association.IsUsable)
        {
            association.Dispose();
        }
        else if (failure is OperationCanceledException)
        {
            Soon(association);
        }
        else if (failure is DicomException { AssociationSurvives: true })
        {
            association.Release();
        }
        else
        {
            association.Dispose();
        }
    }

    /// <summary>Ends it for somebody who has been stopped.</summary>
    public static void Soon(Association association) => Within(s_hurry, association);

    /// <summary>Releases it, and aborts it if the peer does not answer in time.</summary>
    public static void Within(TimeSpan limit, Association association)
    {
        using var bound = new CancellationTokenSource(limit);
        using var abort = bound.Token.UnsafeRegister(static a => ((Association)a!).Abort(), association);
        association.Release();
    }
}
