namespace PacsTools.Dicom.Pdus;

/// <summary>Reads the user information item (PS3.8 D, PS3.7 D.3.3). Unknown sub-items are skipped; of one that should
/// occur once the last counts. What can be read is bounded by the two-byte length of the item.</summary>
internal static class UserInformationReader
{
    /// <summary>What an A-ASSOCIATE PDU without the item says: no maximum length and nothing else.</summary>
    public static readonly UserInformation Absent = new() { MaxPduLength = 0 };

    public static UserInformation Read(ItemCursor body)
    {
        uint maxPduLength = 0;
        var classUid = string.Empty;
        string? version = null;
        AsynchronousOperationsWindow? window = null;
        List<RoleSelection>? roles = null;
        List<ExtendedNegotiation>? extended = null;
        List<CommonExtendedNegotiation>? common = null;
        UserIdentityRq? identityRq = null;
        UserIdentityAc? identityAc = null;
        while (!body.AtEnd)
        {
            var sub = body.Item(out var type, "User-information sub-item");
            switch (type)
            {
                case ItemTypes.MaximumLength:
                    maxPduLength = sub.UInt32("Maximum-length-received");
                    break;
                case ItemTypes.ImplementationClassUid:
                    classUid = sub.RestAsUid("Implementation-class-uid");
                    break;
                case ItemTypes.ImplementationVersionName:
                    version = sub.RestAsText("Implementation-version-name");
                    break;
                case ItemTypes.AsynchronousOperationsWindow:
                    window = new(sub.UInt16("Maximum-number-operations-invoked"), sub.UInt16("Maximum-number-operations-performed"));
                    break;
                case ItemTypes.RoleSelection:
                    (roles ??= []).Add(new(sub.CountedUid("Role-selection SOP-class-uid"), sub.Byte("SCU-role") == 1, sub.Byte("SCP-role") == 1));
                    break;
                case ItemTypes.ExtendedNegotiation:
                    (extended ??= []).Add(new(sub.CountedUid("Extended-negotiation SOP-class-uid"), sub.Rest("Service-class-application-information").ToArray()));
                    break;
                case ItemTypes.CommonExtendedNegotiation:
                    (common ??= []).Add(ReadCommon(sub));
                    break;
                case ItemTypes.UserIdentityRq:
                    identityRq = ReadIdentity(sub);
                    break;
                case ItemTypes.UserIdentityAc:
                    identityAc = new(sub.Counted("Server-response").ToArray());
                    break;
            }
        }

        return new UserInformation
        {
            MaxPduLength = maxPduLength,
            ImplementationClassUID = classUid,
            ImplementationVersionName = version,
            AsynchronousOperationsWindow = window,
            RoleSelections = roles ?? (IReadOnlyList<RoleSelection>)[],
            ExtendedNegotiations = extended ?? (IReadOnlyList<ExtendedNegotiation>)[],
            CommonExtendedNegotiations = common ?? (IReadOnlyList<CommonExtendedNegotiation>)[],
            UserIdentityRq = identityRq,
            UserIdentityAc = identityAc,
        };
    }

    private static CommonExtendedNegotiation ReadCommon(ItemCursor sub)
    {
        var sopClass = sub.CountedUid("Common-extended-negotiation SOP-class-uid");
        var serviceClass = sub.CountedUid("Service-class-uid");
        var related = new List<string>();
        // Version 0 of the sub-item may end here; later versions may have more after the list.
        if (!sub.AtEnd)
        {
            var at = sub.Offset + 2;
            var list = new ItemCursor(sub.Counted("Related-general-sop-class-identification"), at);
            while (!list.AtEnd)
                related.Add(list.CountedUid("Related-general-sop-class-uid"));
        }

        return new CommonExtendedNegotiation(sopClass, serviceClass, related);
    }

    private static UserIdentityRq ReadIdentity(ItemCursor sub)
    {
        var type = (UserIdentityType)sub.Byte("User-Identity-Type");
        var confirm = sub.Byte("Positive-response-requested") == 1;
        var primary = sub.Counted("Primary-field").ToArray();
        // Some senders leave out the length of the secondary field where there is none.
        var secondary = sub.AtEnd ? [] : sub.Counted("Secondary-field").ToArray();
        return new UserIdentityRq(type, confirm, primary, secondary);
    }
}
