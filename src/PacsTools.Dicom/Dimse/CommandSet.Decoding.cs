using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Dimse;

using Encoding = System.Text.Encoding;

/// <content>Decoding: strict about bounds, since nothing can be made of the rest otherwise; tolerant of a missing or wrong group
/// length, of order, of odd lengths and of elements nobody knows.</content>
public sealed partial record CommandSet
{
    [SetsRequiredMembers]
    private CommandSet(ReadOnlySpan<byte> bytes)
    {
        ushort? field = null, dataSetType = null;
        var position = 0;
        while (position < bytes.Length)
        {
            var value = ReadElement(bytes, position, out var element);
            var at = position + ElementHeader;
            switch (element)
            {
                case CommandElements.AffectedSOPClassUID:
                    AffectedSOPClassUID = UidCache.Get(TrimUid(value));
                    break;
                case CommandElements.RequestedSOPClassUID:
                    RequestedSOPClassUID = UidCache.Get(TrimUid(value));
                    break;
                case CommandElements.CommandField:
                    field = UInt16(value, element, at);
                    break;
                case CommandElements.MessageId:
                    MessageId = UInt16(value, element, at);
                    break;
                case CommandElements.MessageIdBeingRespondedTo:
                    MessageIdBeingRespondedTo = UInt16(value, element, at);
                    break;
                case CommandElements.MoveDestination:
                    MoveDestination = Title(value);
                    break;
                case CommandElements.Priority:
                    Priority = UInt16(value, element, at);
                    break;
                case CommandElements.CommandDataSetType:
                    dataSetType = UInt16(value, element, at);
                    break;
                case CommandElements.Status:
                    Status = UInt16(value, element, at);
                    break;
                case CommandElements.OffendingElement:
                    OffendingElements = Tags(value);
                    break;
                case CommandElements.ErrorComment:
                    ErrorComment = Comment(value);
                    break;
                case CommandElements.ErrorId:
                    ErrorId = UInt16(value, element, at);
                    break;
                case CommandElements.AffectedSOPInstanceUID:
                    AffectedSOPInstanceUID = Uid(value);
                    break;
                case CommandElements.RequestedSOPInstanceUID:
                    RequestedSOPInstanceUID = Uid(value);
                    break;
                case CommandElements.EventTypeId:
                    EventTypeId = UInt16(value, element, at);
                    break;
                case CommandElements.ActionTypeId:
                    ActionTypeId = UInt16(value, element, at);
                    break;
                case CommandElements.NumberOfRemainingSubOperations:
                    NumberOfRemainingSubOperations = UInt16(value, element, at);
                    break;
                case CommandElements.NumberOfCompletedSubOperations:
                    NumberOfCompletedSubOperations = UInt16(value, element, at);
                    break;
                case CommandElements.NumberOfFailedSubOperations:
                    NumberOfFailedSubOperations = UInt16(value, element, at);
                    break;
                case CommandElements.NumberOfWarningSubOperations:
                    NumberOfWarningSubOperations = UInt16(value, element, at);
                    break;
                case CommandElements.MoveOriginatorAETitle:
                    MoveOriginatorAETitle = Title(value);
                    break;
                case CommandElements.MoveOriginatorMessageId:
                    MoveOriginatorMessageId = UInt16(value, element, at);
                    break;
            }

            position = at + value.Length;
        }

        CommandField = (CommandField)Require(field, CommandElements.CommandField);
        HasDataSet = Require(dataSetType, CommandElements.CommandDataSetType) != CommandElements.NoDataSet;
    }

    /// <summary>Reads a command set.</summary>
    /// <param name="bytes">The whole command set, all fragments together.</param>
    /// <exception cref="DicomProtocolException">A length does not fit, a number has not two bytes, an element is not of group 0000, or
    /// Command Field or Command Data Set Type is missing. The association is to be aborted.</exception>
    public static CommandSet Decode(ReadOnlySpan<byte> bytes) => new(bytes);

    private static ReadOnlySpan<byte> ReadElement(ReadOnlySpan<byte> bytes, int position, out ushort element)
    {
        var left = bytes.Length - position;
        if (left < ElementHeader)
            throw new DicomProtocolException($"the command set ends within the header of an element ({left} bytes left)", "Element header", position);
        var header = bytes.Slice(position, ElementHeader);
        var group = BinaryPrimitives.ReadUInt16LittleEndian(header);
        element = BinaryPrimitives.ReadUInt16LittleEndian(header[2..]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        if (group != 0)
            throw new DicomProtocolException($"the command set holds ({group:X4},{element:X4}), which is not of group 0000", "Tag", position);
        if (length > (uint)(left - ElementHeader))
        {
            var name = CommandElements.Name(element);
            throw new DicomProtocolException($"{name} has a length of {length} bytes, {left - ElementHeader} are left in the command set", name, position + 4);
        }

        return bytes.Slice(position + ElementHeader, (int)length);
    }

    private static ushort? UInt16(ReadOnlySpan<byte> value, ushort element, int offset)
    {
        if (value.Length == 2)
            return BinaryPrimitives.ReadUInt16LittleEndian(value);
        if (value.IsEmpty)
            return null;
        var name = CommandElements.Name(element);
        throw new DicomProtocolException($"{name} has {value.Length} bytes in place of 2", name, offset);
    }

    private static ReadOnlySpan<byte> TrimUid(ReadOnlySpan<byte> value) => value.TrimEnd("\0 "u8).TrimStart((byte)' ');

    private static string? Uid(ReadOnlySpan<byte> value)
    {
        value = TrimUid(value);
        return value.IsEmpty ? null : Encoding.Latin1.GetString(value);
    }

    private static string? Title(ReadOnlySpan<byte> value)
    {
        value = value.Trim("\0 "u8);
        return value.IsEmpty ? null : Encoding.Latin1.GetString(value);
    }

    private static DicomTag[] Tags(ReadOnlySpan<byte> value)
    {
        // Bytes beyond the last whole tag say nothing anybody could use.
        var tags = new DicomTag[value.Length / 4];
        for (var i = 0; i < tags.Length; i++)
        {
            var at = value[(4 * i)..];
            tags[i] = new DicomTag(BinaryPrimitives.ReadUInt16LittleEndian(at), BinaryPrimitives.ReadUInt16LittleEndian(at[2..]));
        }

        return tags;
    }

    private static string? Comment(ReadOnlySpan<byte> value)
    {
        value = value.Trim("\0 "u8);
        if (value.IsEmpty)
            return null;
        // The standard allows ASCII only. Peers send what their machine uses; control characters stay out of people's terminals.
        var text = System.Text.Unicode.Utf8.IsValid(value) ? Encoding.UTF8.GetString(value) : Encoding.Latin1.GetString(value);
        text = string.Create(text.Length, text, static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(from[i]) ? ' ' : from[i];
        }).Trim();
        return text.Length == 0 ? null : text;
    }
}
