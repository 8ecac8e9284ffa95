using PacsTools.Dicom.Network;

namespace PacsTools.Services.Retrieve;

/// <summary>Follows a C-MOVE. Called on the thread that runs it.</summary>
internal interface IMoveObserver
{
    /// <summary>The association is open and the request is about to go out.</summary>
    void Opened(Association association);

    /// <summary>The request has gone out.</summary>
    void Asked();

    /// <summary>A response has come, pending or final.</summary>
    void Responded(SubOperationCounts counts);
}
