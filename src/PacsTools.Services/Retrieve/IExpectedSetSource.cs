namespace PacsTools.Services.Retrieve;

/// <summary>A way to ask an archive what a retrieve should bring.</summary>
internal interface IExpectedSetSource
{
    /// <summary>Asks. What goes wrong is in the answer.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    Task<ExpectedSet> RunAsync(RetrieveRequest request, CancellationToken cancellationToken);
}
