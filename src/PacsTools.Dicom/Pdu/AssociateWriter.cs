namespace PacsTools.Dicom.Pdus;

/// <summary>Writes A-ASSOCIATE-RQ and A-ASSOCIATE-AC (PS3.8 9.3.2, 9.3.3), refusing what the standard forbids to send.</summary>
internal static class AssociateWriter
{
    public static byte[] Write(AAssociateRq pdu)
    {
        var buffer = new PduBuffer(pdu.Type);
        WriteFixedPart(buffer, pdu.ProtocolVersion, pdu.CalledAETitle, pdu.CallingAETitle, default);
        buffer.TextItem(ItemTypes.ApplicationContext, pdu.ApplicationContextName, "Application-context-name");
        var seen = new HashSet<byte>();
        foreach (var context in pdu.PresentationContexts)
        {
            if ((context.Id & 1) == 0 || !seen.Add(context.Id))
                throw new ArgumentException($"Presentation context id {context.Id} is even or occurs twice.", nameof(pdu));
            if (context.TransferSyntaxes.Count == 0)
                throw new ArgumentException($"Presentation context {context.Id} proposes no transfer syntax.", nameof(pdu));
            var item = buffer.BeginItem(ItemTypes.PresentationContextRq);
            buffer.Byte(context.Id);
            buffer.Reserve(3);
            buffer.TextItem(ItemTypes.AbstractSyntax, context.AbstractSyntax, "Abstract-syntax-name");
            foreach (var syntax in context.TransferSyntaxes)
                buffer.TextItem(ItemTypes.TransferSyntax, syntax, "Transfer-syntax-name");
            buffer.EndItem(item, "Presentation-context");
        }

        UserInformationWriter.Write(buffer, pdu.UserInformation);
        return buffer.Finish();
    }

    public static byte[] Write(AAssociateAc pdu)
    {
        var buffer = new PduBuffer(pdu.Type);
        WriteFixedPart(buffer, pdu.ProtocolVersion, pdu.CalledAETitle, pdu.CallingAETitle, pdu.FieldsToEcho.Span);
        buffer.TextItem(ItemTypes.ApplicationContext, pdu.ApplicationContextName, "Application-context-name");
        foreach (var context in pdu.PresentationContexts)
        {
            var item = buffer.BeginItem(ItemTypes.PresentationContextAc);
            buffer.Byte(context.Id);
            buffer.Byte(0);
            buffer.Byte(context.Result);
            buffer.Byte(0);
            buffer.TextItem(ItemTypes.TransferSyntax, context.TransferSyntax, "Transfer-syntax-name");
            buffer.EndItem(item, "Presentation-context");
        }

        UserInformationWriter.Write(buffer, pdu.UserInformation);
        return buffer.Finish();
    }

    private static void WriteFixedPart(PduBuffer buffer, ushort version, string called, string calling, ReadOnlySpan<byte> echo)
    {
        buffer.UInt16(version, "Protocol-version");
        buffer.Reserve(2);
        if (!echo.IsEmpty)
        {
            buffer.Bytes(echo);
            return;
        }

        AETitle.Encode(called, buffer.Reserve(AETitle.MaxLength));
        AETitle.Encode(calling, buffer.Reserve(AETitle.MaxLength));
        buffer.Reserve(32);
    }
}
