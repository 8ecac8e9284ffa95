using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Pdus;

/// <summary>Reads the bodies of A-ASSOCIATE-RQ and A-ASSOCIATE-AC (PS3.8 9.3.2, 9.3.3). Items may come in any order, unknown
/// ones are skipped; one that must not occur twice and does is an error, since nobody could say which counts.</summary>
internal static class AssociateReader
{
    /// <summary>The two titles and the 32 reserved bytes after them.</summary>
    public const int EchoedLength = 64;

    public static AAssociateRq ReadRequest(ItemCursor cursor)
    {
        var version = ReadFixedPart(ref cursor, out var titles);
        var contexts = new List<PresentationContextRq>();
        var seen = new ContextIds();
        string? applicationContext = null;
        UserInformation? userInformation = null;
        while (!cursor.AtEnd)
        {
            var at = cursor.Offset;
            var body = cursor.Item(out var type, "A-ASSOCIATE-RQ item");
            switch (type)
            {
                case ItemTypes.ApplicationContext:
                    Once(applicationContext, "Application-context-name", at);
                    applicationContext = body.RestAsUid("Application-context-name");
                    break;
                case ItemTypes.PresentationContextRq:
                    contexts.Add(ReadProposal(body, ref seen));
                    break;
                case ItemTypes.UserInformation:
                    Once(userInformation, "User-information", at);
                    userInformation = UserInformationReader.Read(body);
                    break;
            }
        }

        return new AAssociateRq
        {
            ProtocolVersion = version,
            CalledAETitle = AETitle.Decode(titles[..16]),
            CallingAETitle = AETitle.Decode(titles[16..32]),
            ApplicationContextName = applicationContext ?? string.Empty,
            PresentationContexts = contexts,
            UserInformation = userInformation ?? UserInformationReader.Absent,
            FieldsToEcho = titles.ToArray(),
        };
    }

    public static AAssociateAc ReadAcceptance(ItemCursor cursor)
    {
        var version = ReadFixedPart(ref cursor, out var titles);
        var contexts = new List<PresentationContextAc>();
        var seen = new ContextIds();
        string? applicationContext = null;
        UserInformation? userInformation = null;
        while (!cursor.AtEnd)
        {
            var at = cursor.Offset;
            var body = cursor.Item(out var type, "A-ASSOCIATE-AC item");
            switch (type)
            {
                case ItemTypes.ApplicationContext:
                    Once(applicationContext, "Application-context-name", at);
                    applicationContext = body.RestAsUid("Application-context-name");
                    break;
                case ItemTypes.PresentationContextAc:
                    contexts.Add(ReadAnswer(body, ref seen));
                    break;
                case ItemTypes.UserInformation:
                    Once(userInformation, "User-information", at);
                    userInformation = UserInformationReader.Read(body);
                    break;
            }
        }

        return new AAssociateAc
        {
            ProtocolVersion = version,
            CalledAETitle = AETitle.Decode(titles[..16]),
            CallingAETitle = AETitle.Decode(titles[16..32]),
            ApplicationContextName = applicationContext ?? string.Empty,
            PresentationContexts = contexts,
            UserInformation = userInformation ?? UserInformationReader.Absent,
            FieldsToEcho = titles.ToArray(),
        };
    }

    private static ushort ReadFixedPart(ref ItemCursor cursor, out ReadOnlySpan<byte> titles)
    {
        var version = cursor.UInt16("Protocol-version");
        cursor.Skip(2, "Reserved");
        titles = cursor.Take(EchoedLength, "Called-AE-title");
        return version;
    }

    private static PresentationContextRq ReadProposal(ItemCursor body, ref ContextIds seen)
    {
        var id = ReadId(ref body, ref seen, mustBeOdd: true);
        body.Skip(3, "Presentation-context");
        string? abstractSyntax = null;
        var transferSyntaxes = new List<string>();
        while (!body.AtEnd)
        {
            var at = body.Offset;
            var sub = body.Item(out var type, "Presentation-context sub-item");
            switch (type)
            {
                case ItemTypes.AbstractSyntax:
                    Once(abstractSyntax, "Abstract-syntax-name", at);
                    abstractSyntax = sub.RestAsUid("Abstract-syntax-name");
                    break;
                case ItemTypes.TransferSyntax:
                    transferSyntaxes.Add(sub.RestAsUid("Transfer-syntax-name"));
                    break;
            }
        }

        return new PresentationContextRq(id, abstractSyntax ?? string.Empty, transferSyntaxes);
    }

    private static PresentationContextAc ReadAnswer(ItemCursor body, ref ContextIds seen)
    {
        var id = ReadId(ref body, ref seen, mustBeOdd: false);
        body.Skip(1, "Presentation-context");
        var result = body.Byte("Result/Reason");
        body.Skip(1, "Presentation-context");
        string? transferSyntax = null;
        while (!body.AtEnd)
        {
            var at = body.Offset;
            var sub = body.Item(out var type, "Presentation-context sub-item");
            if (type != ItemTypes.TransferSyntax)
                continue;
            Once(transferSyntax, "Transfer-syntax-name", at);
            transferSyntax = sub.RestAsUid("Transfer-syntax-name");
        }

        return new PresentationContextAc(id, result, transferSyntax ?? string.Empty);
    }

    // An even id in an acceptance cannot be one we proposed, and entries for those are ignored by whoever matches them.
    private static byte ReadId(ref ItemCursor body, ref ContextIds seen, bool mustBeOdd)
    {
        const string field = "Presentation-context-ID";
        var at = body.Offset;
        var id = body.Byte(field);
        if (mustBeOdd && (id & 1) == 0)
            throw new DicomProtocolException($"presentation context id {id} is even; ids are odd", field, at);
        if (!seen.Add(id))
            throw new DicomProtocolException($"presentation context id {id} occurs twice", field, at);
        return id;
    }

    private static void Once(object? already, string field, int offset)
    {
        if (already is not null)
            throw new DicomProtocolException($"{field} occurs twice", field, offset);
    }

    /// <summary>A set of ids, on the stack.</summary>
    private struct ContextIds
    {
        private UInt128 _low, _high;

        public bool Add(byte id)
        {
            var bit = UInt128.One << (id & 127);
            ref var half = ref (id < 128 ? ref _low : ref _high);
            if ((half & bit) != 0)
                return false;
            half |= bit;
            return true;
        }
    }
}
