namespace PacsTools.Dicom.Pdus;

/// <summary>A-ASSOCIATE-RQ: asks for an association (PS3.8 9.3.2).</summary>
public sealed class AAssociateRq : Pdu
{
    /// <summary>The DICOM application context (PS3.7 A.2.1), the only one there is.</summary>
    public const string DicomApplicationContextName = "1.2.840.10008.3.1.1.1";

    /// <inheritdoc/>
    public override PduType Type => PduType.AAssociateRq;

    /// <summary>One bit a version; we send 1.</summary>
    public ushort ProtocolVersion { get; init; } = 1;

    /// <summary>True if version 1 is among the versions offered. Only bit 0 counts (PS3.8 Table 9-11).</summary>
    public bool OffersVersion1 => (ProtocolVersion & 1) != 0;

    /// <summary>Who is called. As read it may be no legal AE title: see <see cref="AETitle.IsValid"/>.</summary>
    public required string CalledAETitle { get; init; }

    /// <summary>Who calls. As read it may be no legal AE title: see <see cref="AETitle.IsValid"/>.</summary>
    public required string CallingAETitle { get; init; }

    /// <summary>The application context name; empty if the peer sent none, which calls for a rejection.</summary>
    public string ApplicationContextName { get; init; } = DicomApplicationContextName;

    /// <summary>What is proposed, in the order sent. Ids are odd and unique, so there are at most 128.</summary>
    public IReadOnlyList<PresentationContextRq> PresentationContexts { get; init; } = [];

    /// <summary>Maximum length, implementation and the negotiations.</summary>
    public UserInformation UserInformation { get; init; } = new();

    /// <summary>The fields an acceptance has to return as they came: both titles and 32 reserved bytes (PS3.8 Table 9-17).</summary>
    internal ReadOnlyMemory<byte> FieldsToEcho { get; init; }

    /// <summary>Makes the A-ASSOCIATE-AC to this request, with the fields that have to be returned unchanged.</summary>
    /// <param name="contexts">One answer to each proposed context.</param>
    /// <param name="userInformation">Our maximum length, implementation and answers to the negotiations.</param>
    public AAssociateAc Accept(IReadOnlyList<PresentationContextAc> contexts, UserInformation userInformation) => new()
    {
        CalledAETitle = CalledAETitle,
        CallingAETitle = CallingAETitle,
        PresentationContexts = contexts,
        UserInformation = userInformation,
        FieldsToEcho = FieldsToEcho,
    };
}
