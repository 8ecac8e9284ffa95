namespace PacsTools.Dicom.Errors;

/// <summary>The association ended by A-ABORT (PS3.8 9.3.8), the peer's or our own, or by a release nobody expected. It is gone.</summary>
public sealed class AssociationAbortedException : DicomException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Who aborted and why.</param>
    /// <param name="source">0 service-user, 2 service-provider (PS3.8 Table 9-26).</param>
    /// <param name="reason">The reason; significant only if <paramref name="source"/> is 2.</param>
    /// <param name="byPeer">True if the peer aborted.</param>
    public AssociationAbortedException(string message, byte source, byte reason, bool byPeer)
        : base(message)
    {
        AbortSource = source;
        Reason = reason;
        ByPeer = byPeer;
    }

    /// <summary>0 service-user, 2 service-provider.</summary>
    public byte AbortSource { get; }

    /// <summary>The reason code of PS3.8 Table 9-26.</summary>
    public byte Reason { get; }

    /// <summary>True if the peer aborted, false if we did.</summary>
    public bool ByPeer { get; }
}
