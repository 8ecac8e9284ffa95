namespace PacsTools.Dicom.Pdus;

/// <summary>A-ASSOCIATE-AC: accepts an association (PS3.8 9.3.3). Made by <see cref="AAssociateRq.Accept"/>.</summary>
public sealed class AAssociateAc : Pdu
{
    /// <inheritdoc/>
    public override PduType Type => PduType.AAssociateAc;

    /// <summary>One bit a version; we send 1.</summary>
    public ushort ProtocolVersion { get; init; } = 1;

    /// <summary>The called title of the request; reserved, so never to be tested on receipt.</summary>
    public string CalledAETitle { get; init; } = string.Empty;

    /// <summary>The calling title of the request; reserved, so never to be tested on receipt.</summary>
    public string CallingAETitle { get; init; } = string.Empty;

    /// <summary>The application context name; empty if the peer sent none.</summary>
    public string ApplicationContextName { get; init; } = AAssociateRq.DicomApplicationContextName;

    /// <summary>The answers, in the order sent. Ids are unique but need not be ones we proposed: such entries are to be ignored.</summary>
    public IReadOnlyList<PresentationContextAc> PresentationContexts { get; init; } = [];

    /// <summary>The peer's maximum length, implementation and answers to the negotiations.</summary>
    public UserInformation UserInformation { get; init; } = new();

    /// <summary>The 64 bytes returned as they came in the request; empty if there is no request to follow.</summary>
    internal ReadOnlyMemory<byte> FieldsToEcho { get; init; }
}
