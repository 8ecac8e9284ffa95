using PacsTools.Services.Nodes;

namespace PacsTools.Services.Retrieve;

/// <summary>A retrieve or a copy did not bring everything. What had arrived whole is kept and was handed out before.</summary>
public sealed class RetrieveException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="id">A stable word for the cause: <c>Retrieve.Incomplete</c>, <c>Dimse.A801</c>.</param>
    /// <param name="message">What happened, naming the node.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public RetrieveException(string id, string message, Exception? innerException = null)
        : base(message, innerException) => Id = id;

    /// <summary>
    /// A stable word for the cause: <c>Retrieve.Incomplete</c>, <c>Retrieve.Unproven</c>, <c>Retrieve.DeliveredElsewhere</c>, <c>Retrieve.NothingSent</c>,
    /// <c>Copy.Incomplete</c>, <c>Copy.Unproven</c>, <c>Copy.SameNode</c>,
    /// <c>Copy.DestinationUnreachable</c>, <c>Copy.DestinationFull</c>, <c>Copy.DestinationIsHere</c>, <c>Storage.DiskFull</c>, <c>Storage.CannotWrite</c>, <c>Storage.FileExists</c>, <c>Storage.Damaged</c>, or <c>Dimse.</c> with the status in hexadecimal.
    /// </summary>
    public string Id { get; }

    /// <summary>The node asked.</summary>
    public PacsNode? Node { get; init; }

    /// <summary>The DIMSE status concerned; null if none came.</summary>
    public ushort? Status { get; init; }

    /// <summary>Error Comment (0000,0902); null if the peer sent none.</summary>
    public string? ErrorComment { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Advice { get; init; }

    /// <summary>The study asked for.</summary>
    public string? StudyInstanceUID { get; init; }
}
