using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace PacsTools.Dicom.Dimse;

using Encoding = System.Text.Encoding;

/// <content>Encoding: implicit VR little endian, ascending tags, even lengths, right group length (PS3.7 6.3.1).</content>
public sealed partial record CommandSet
{
    private const int ElementHeader = 8;
    private const int GroupLengthElement = ElementHeader + 4;
    private const int MaxErrorComment = 64;
    private const ushort ResponseBit = 0x8000;

    /// <summary>The command set as it goes on the wire.</summary>
    /// <exception cref="ArgumentException">A UID or AE title holds characters other than ASCII.</exception>
    public byte[] Encode()
    {
        var bytes = new byte[EncodedLength()];
        EncodeTo(bytes);
        return bytes;
    }

    /// <summary>Writes the command set as it goes on the wire.</summary>
    /// <param name="writer">Where to write.</param>
    /// <returns>The number of bytes written, always even.</returns>
    /// <exception cref="ArgumentException">A UID or AE title holds characters other than ASCII.</exception>
    public int Encode(IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var length = EncodedLength();
        EncodeTo(writer.GetSpan(length)[..length]);
        writer.Advance(length);
        return length;
    }

    /// <summary>The length in bytes of the encoded command set.</summary>
    public int EncodedLength()
    {
        var target = new Target(default, counting: true);
        Emit(ref target);
        return GroupLengthElement + target.Position;
    }

    private void EncodeTo(Span<byte> bytes)
    {
        var target = new Target(bytes[GroupLengthElement..], counting: false);
        Emit(ref target);
        bytes[..GroupLengthElement].Clear();
        bytes[4] = 4;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[ElementHeader..], (uint)target.Position);
    }

    // Run twice, once to count and once to write, so that both can never disagree.
    private void Emit(ref Target target)
    {
        target.Text(CommandElements.AffectedSOPClassUID, Echoed(AffectedSOPClassUID), 0);
        target.Text(CommandElements.RequestedSOPClassUID, RequestedSOPClassUID, 0);
        target.UInt16(CommandElements.CommandField, (ushort)CommandField);
        target.UInt16(CommandElements.MessageId, MessageId);
        target.UInt16(CommandElements.MessageIdBeingRespondedTo, MessageIdBeingRespondedTo);
        target.Text(CommandElements.MoveDestination, MoveDestination, (byte)' ');
        target.UInt16(CommandElements.Priority, Priority);
        target.UInt16(CommandElements.CommandDataSetType, HasDataSet ? CommandElements.DataSetFollows : CommandElements.NoDataSet);
        target.UInt16(CommandElements.Status, Status);
        if (OffendingElements.Count > 0)
        {
            target.Header(CommandElements.OffendingElement, checked(OffendingElements.Count * 4));
            foreach (var tag in OffendingElements)
                target.Tag(tag.Group, tag.Element);
        }

        target.Text(CommandElements.ErrorComment, Sendable(ErrorComment), (byte)' ');
        target.UInt16(CommandElements.ErrorId, ErrorId);
        target.Text(CommandElements.AffectedSOPInstanceUID, Echoed(AffectedSOPInstanceUID), 0);
        target.Text(CommandElements.RequestedSOPInstanceUID, RequestedSOPInstanceUID, 0);
        target.UInt16(CommandElements.EventTypeId, EventTypeId);
        target.UInt16(CommandElements.ActionTypeId, ActionTypeId);
        target.UInt16(CommandElements.NumberOfRemainingSubOperations, NumberOfRemainingSubOperations);
        target.UInt16(CommandElements.NumberOfCompletedSubOperations, NumberOfCompletedSubOperations);
        target.UInt16(CommandElements.NumberOfFailedSubOperations, NumberOfFailedSubOperations);
        target.UInt16(CommandElements.NumberOfWarningSubOperations, NumberOfWarningSubOperations);
        target.Text(CommandElements.MoveOriginatorAETitle, MoveOriginatorAETitle, (byte)' ');
        target.UInt16(CommandElements.MoveOriginatorMessageId, MoveOriginatorMessageId);
    }

    // A response repeats what the request said (PS3.7 9.3), and may leave it out: what no peer may send is not sent back, and costs nobody the response.
    private string? Echoed(string? uid) => ((ushort)CommandField & ResponseBit) != 0 && uid is not null && !Ascii.IsValid(uid) ? null : uid;

    // A comment explains a failure; what of it cannot be sent must not become a failure of its own.
    private static string? Sendable(string? comment)
    {
        if (string.IsNullOrEmpty(comment))
            return null;
        return string.Create(Math.Min(comment.Length, MaxErrorComment), comment, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = text[i] is >= ' ' and <= '~' and not '\\' ? text[i] : '?';
        });
    }

    private ref struct Target(Span<byte> bytes, bool counting)
    {
        private readonly Span<byte> _bytes = bytes;
        private readonly bool _counting = counting;

        public int Position { get; private set; }

        public void Header(ushort element, int length)
        {
            if (!_counting)
            {
                var at = _bytes[Position..];
                BinaryPrimitives.WriteUInt16LittleEndian(at, 0);
                BinaryPrimitives.WriteUInt16LittleEndian(at[2..], element);
                BinaryPrimitives.WriteUInt32LittleEndian(at[4..], (uint)length);
            }

            Position = checked(Position + ElementHeader);
        }

        public void UInt16(ushort element, ushort? value)
        {
            if (value is not { } number)
                return;
            Header(element, 2);
            if (!_counting)
                BinaryPrimitives.WriteUInt16LittleEndian(_bytes[Position..], number);
            Position += 2;
        }

        public void Tag(ushort group, ushort number)
        {
            if (!_counting)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(_bytes[Position..], group);
                BinaryPrimitives.WriteUInt16LittleEndian(_bytes[(Position + 2)..], number);
            }

            Position = checked(Position + 4);
        }

        public void Text(ushort element, string? text, byte padding)
        {
            if (string.IsNullOrEmpty(text))
                return;
            var length = (text.Length + 1) & ~1;
            Header(element, length);
            if (!_counting)
            {
                if (!Ascii.IsValid(text))
                    throw new ArgumentException($"{CommandElements.Name(element)} holds characters other than ASCII.");
                Encoding.ASCII.GetBytes(text, _bytes[Position..]);
                if ((text.Length & 1) != 0)
                    _bytes[Position + text.Length] = padding;
            }

            Position = checked(Position + length);
        }
    }
}
