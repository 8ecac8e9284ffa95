namespace PacsTools.Dicom.Pdus;

/// <summary>Writes the user information item (PS3.8 D, PS3.7 D.3.3), sub-items in ascending order of their types.</summary>
internal static class UserInformationWriter
{
    private const int MaxVersionNameLength = 16;

    public static void Write(PduBuffer buffer, UserInformation information)
    {
        var item = buffer.BeginItem(ItemTypes.UserInformation);
        var sub = buffer.BeginItem(ItemTypes.MaximumLength);
        buffer.UInt32(information.MaxPduLength);
        buffer.EndItem(sub, "Maximum-length");
        if (information.ImplementationClassUID.Length > 0)
            buffer.TextItem(ItemTypes.ImplementationClassUid, information.ImplementationClassUID, "Implementation-class-uid");
        if (information.AsynchronousOperationsWindow is { } window)
        {
            sub = buffer.BeginItem(ItemTypes.AsynchronousOperationsWindow);
            buffer.UInt16(window.MaxOperationsInvoked, "Maximum-number-operations-invoked");
            buffer.UInt16(window.MaxOperationsPerformed, "Maximum-number-operations-performed");
            buffer.EndItem(sub, "Asynchronous-operations-window");
        }

        foreach (var role in information.RoleSelections)
            WriteRole(buffer, role);
        if (information.ImplementationVersionName is { Length: > 0 } version)
        {
            if (version.Length > MaxVersionNameLength)
                throw new ArgumentException($"Implementation version name '{version}' is longer than {MaxVersionNameLength} characters.", nameof(information));
            buffer.TextItem(ItemTypes.ImplementationVersionName, version, "Implementation-version-name");
        }

        foreach (var extended in information.ExtendedNegotiations)
            WriteExtended(buffer, extended);
        foreach (var common in information.CommonExtendedNegotiations)
            WriteCommon(buffer, common);
        if (information.UserIdentityRq is { } identity)
            WriteIdentity(buffer, identity);
        if (information.UserIdentityAc is { } answer)
        {
            sub = buffer.BeginItem(ItemTypes.UserIdentityAc);
            buffer.CountedBytes(answer.ServerResponse, "Server-response");
            buffer.EndItem(sub, "User-identity");
        }

        buffer.EndItem(item, "User-information");
    }

    private static void WriteRole(PduBuffer buffer, RoleSelection role)
    {
        var sub = buffer.BeginItem(ItemTypes.RoleSelection);
        buffer.CountedText(role.SopClassUid, "Role-selection SOP-class-uid");
        buffer.Byte(role.ScuRole ? (byte)1 : (byte)0);
        buffer.Byte(role.ScpRole ? (byte)1 : (byte)0);
        buffer.EndItem(sub, "Role-selection");
    }

    private static void WriteExtended(PduBuffer buffer, ExtendedNegotiation extended)
    {
        var sub = buffer.BeginItem(ItemTypes.ExtendedNegotiation);
        buffer.CountedText(extended.SopClassUid, "Extended-negotiation SOP-class-uid");
        buffer.Bytes(extended.Info);
        buffer.EndItem(sub, "Extended-negotiation");
    }

    private static void WriteCommon(PduBuffer buffer, CommonExtendedNegotiation common)
    {
        // The byte that other items reserve is the version of the sub-item here; 0 is the only one.
        var sub = buffer.BeginItem(ItemTypes.CommonExtendedNegotiation);
        buffer.CountedText(common.SopClassUid, "Common-extended-negotiation SOP-class-uid");
        buffer.CountedText(common.ServiceClassUid, "Service-class-uid");
        var list = buffer.BeginCounted();
        foreach (var related in common.RelatedGeneralSopClasses)
            buffer.CountedText(related, "Related-general-sop-class-uid");
        buffer.EndItem(list, "Related-general-sop-class-identification");
        buffer.EndItem(sub, "Common-extended-negotiation");
    }

    private static void WriteIdentity(PduBuffer buffer, UserIdentityRq identity)
    {
        var sub = buffer.BeginItem(ItemTypes.UserIdentityRq);
        buffer.Byte((byte)identity.Type);
        buffer.Byte(identity.PositiveResponseRequested ? (byte)1 : (byte)0);
        buffer.CountedBytes(identity.Primary, "Primary-field");
        buffer.CountedBytes(identity.Secondary, "Secondary-field");
        buffer.EndItem(sub, "User-identity");
    }
}
