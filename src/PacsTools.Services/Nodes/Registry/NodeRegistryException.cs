namespace PacsTools.Services.Nodes;

/// <summary>The registry of nodes cannot do what it was asked. Nothing in it has changed.</summary>
public sealed class NodeRegistryException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="id">A stable word for the cause: <c>Node.NotFound</c>, <c>Node.AlreadyRegistered</c>, <c>Node.InvalidName</c>, <c>Node.Unusable</c>, <c>NodeStore.Damaged</c>, <c>NodeStore.Locked</c>, <c>NodeStore.CannotRead</c>, <c>NodeStore.CannotWrite</c>.</param>
    /// <param name="message">What is wrong, naming the node or the file.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public NodeRegistryException(string id, string message, Exception? innerException = null)
        : base(message, innerException) => Id = id;

    /// <summary>A stable word for the cause.</summary>
    public string Id { get; }

    /// <summary>What to do about it.</summary>
    public string? Advice { get; init; }
}
