namespace PacsTools.Services.Observation;

/// <summary>A request of ours that has been answered for good, or never will be.</summary>
/// <param name="Name">The operation: <c>C-FIND</c>.</param>
/// <param name="MessageId">The request's message id.</param>
/// <param name="Status">The final status; null if none came.</param>
/// <param name="Duration">From the request to the end.</param>
/// <param name="Pending">Pending responses before it.</param>
/// <param name="Completed">Sub-operations completed, as told last.</param>
/// <param name="Warning">Sub-operations completed with a warning, as told last.</param>
/// <param name="Failed">Sub-operations failed, as told last.</param>
/// <param name="Failure">Why no final response came; null if one did, or if the association ended in order without it.</param>
internal sealed record EndedOperation(
    string Name, ushort MessageId, ushort? Status, TimeSpan Duration, int Pending, int Completed, int Warning, int Failed, Exception? Failure);
