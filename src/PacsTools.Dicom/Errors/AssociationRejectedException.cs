namespace PacsTools.Dicom.Errors;

/// <summary>The peer answered A-ASSOCIATE-RJ (PS3.8 9.3.4). There is no association.</summary>
public sealed class AssociationRejectedException : DicomException
{
    /// <summary>Creates the exception from the three codes of PS3.8 Table 9-21.</summary>
    public AssociationRejectedException(byte result, byte source, byte reason, string peer)
        : base($"{peer} rejected the association: {AssociationRejectWords.Describe(result, source, reason)}")
    {
        Result = result;
        RejectSource = source;
        Reason = reason;
    }

    /// <summary>1 rejected-permanent, 2 rejected-transient.</summary>
    public byte Result { get; }

    /// <summary>1 service-user, 2 service-provider (ACSE), 3 service-provider (presentation).</summary>
    public byte RejectSource { get; }

    /// <summary>The reason, to be read together with <see cref="RejectSource"/>.</summary>
    public byte Reason { get; }

    /// <summary>True if the peer says that a later try may succeed.</summary>
    public bool IsTransient => Result == 2;

    /// <summary>The three codes of PS3.8 Table 9-21 in words.</summary>
    public static string Describe(byte result, byte source, byte reason) => AssociationRejectWords.Describe(result, source, reason);

    /// <summary>The reason as one word, fit for an error id: <c>CalledAENotRecognized</c>.</summary>
    public string ReasonName => AssociationRejectWords.Name(RejectSource, Reason);
}
