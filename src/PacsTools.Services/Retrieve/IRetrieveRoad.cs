namespace PacsTools.Services.Retrieve;

/// <summary>One way to fetch instances from a node: C-MOVE, C-GET.</summary>
internal interface IRetrieveRoad
{
    /// <summary>The name of the road in reports: <c>CMove</c>.</summary>
    string Method { get; }

    /// <summary>The same in words: <c>C-MOVE</c>.</summary>
    string Verb { get; }

    /// <summary>
    /// Makes one attempt. Instances are handed to the operation as they come; when this returns, no more come. A failure status is an outcome; an
    /// exception means that there is none.
    /// </summary>
    /// <param name="operation">The operation to fetch for.</param>
    /// <param name="inactivity">The longest silence of the archive.</param>
    /// <param name="timeoutFactor">How much longer than usual this attempt may wait: 2 after a timeout.</param>
    /// <param name="cancellationToken">Stops the attempt on the wire too.</param>
    Task<RoadOutcome> RunAsync(RetrieveOperation operation, TimeSpan inactivity, int timeoutFactor, CancellationToken cancellationToken);
}
