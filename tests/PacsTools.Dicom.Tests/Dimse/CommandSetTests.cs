using System.Buffers;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Tests.Pdus;

namespace PacsTools.Dicom.Tests.Dimse;

public class CommandSetTests
{
    private static readonly byte[] Field = Element(0x0100, 0x30, 0);
    private static readonly byte[] NoDataSet = Element(0x0800, 1, 1);

    public static TheoryData<string, byte[]> AllVectors => new()
    {
        { "C-ECHO-RQ", CommandVectors.EchoRequest },
        { "C-FIND-RSP", CommandVectors.FindResponse },
        { "C-MOVE-RSP", CommandVectors.MoveResponse },
        { "C-STORE-RQ", CommandVectors.StoreRequest },
    };

    [Theory]
    [MemberData(nameof(AllVectors))]
    public void A_vector_is_written_again_as_it_was_read(string name, byte[] bytes)
    {
        var command = CommandSet.Decode(bytes);

        Assert.StartsWith(name, command.ToString(), StringComparison.Ordinal);
        Assert.Equal(bytes, command.Encode());
        Assert.Equal(bytes.Length, command.EncodedLength());
    }

    [Fact]
    public void A_response_leaves_out_a_UID_that_nobody_may_send()
    {
        var request = new CommandSet { CommandField = CommandField.CStoreRequest, MessageId = 1, AffectedSOPClassUID = "1.2\u00AE", AffectedSOPInstanceUID = "1.2.3\u00AE", HasDataSet = true };
        Assert.Throws<ArgumentException>(() => request.Encode());
        var answer = CommandSet.Decode(CStoreResponse.To(new CStoreRequest(1, "1.2\u00AE", "1.2.3\u00AE"), 0xC000).ToCommandSet().Encode());
        Assert.Equal((null, null, (ushort)0xC000), (answer.AffectedSOPClassUID, answer.AffectedSOPInstanceUID, answer.Status));
    }

    [Fact]
    public void Echo_request_is_read()
    {
        var command = CommandSet.Decode(CommandVectors.EchoRequest);

        Assert.Equal(CommandField.CEchoRequest, command.CommandField);
        Assert.Equal("1.2.840.10008.1.1", command.AffectedSOPClassUID);
        Assert.Equal((ushort?)7, command.MessageId);
        Assert.False(command.HasDataSet);
        Assert.Null(command.MessageIdBeingRespondedTo);
        Assert.Null(command.Status);
        Assert.Null(command.NumberOfRemainingSubOperations);
        Assert.Empty(command.OffendingElements);
    }

    [Fact]
    public void Find_response_is_read()
    {
        var command = CommandSet.Decode(CommandVectors.FindResponse);

        Assert.Equal((CommandField.CFindResponse, (ushort?)5, (ushort?)0xFF01, true),
            (command.CommandField, command.MessageIdBeingRespondedTo, command.Status, command.HasDataSet));
    }

    [Fact]
    public void Move_response_is_read()
    {
        var command = CommandSet.Decode(CommandVectors.MoveResponse);

        Assert.Equal((ushort?)0xA801, command.Status);
        Assert.Equal([new DicomTag(0x0010, 0x0010), new DicomTag(0x0020, 0x000D)], command.OffendingElements);
        Assert.Equal("Unknown dest", command.ErrorComment);
        Assert.Equal((ushort?)42, command.ErrorId);
        Assert.Equal(((ushort?)0, (ushort?)3, (ushort?)1, (ushort?)2),
            (command.NumberOfRemainingSubOperations, command.NumberOfCompletedSubOperations,
            command.NumberOfFailedSubOperations, command.NumberOfWarningSubOperations));
    }

    [Fact]
    public void Store_request_is_read()
    {
        var command = CommandSet.Decode(CommandVectors.StoreRequest);

        Assert.Equal(("1.2.34", "RIS", (ushort?)11, (ushort?)0),
            (command.AffectedSOPInstanceUID, command.MoveOriginatorAETitle, command.MoveOriginatorMessageId, command.Priority));
    }

    [Fact]
    public void All_elements_come_in_ascending_order_with_even_lengths()
    {
        var bytes = new CommandSet
        {
            CommandField = CommandField.NActionRequest,
            MessageId = 1,
            MessageIdBeingRespondedTo = 2,
            AffectedSOPClassUID = "1.2.3",
            RequestedSOPClassUID = "1.2.4",
            AffectedSOPInstanceUID = "1.2.5",
            RequestedSOPInstanceUID = "1.2.6",
            MoveDestination = "ODD",
            MoveOriginatorAETitle = "FIVE5",
            MoveOriginatorMessageId = 3,
            Priority = 1,
            Status = 4,
            OffendingElements = [new DicomTag(0x00080005)],
            ErrorComment = "odd",
            ErrorId = 5,
            EventTypeId = 6,
            ActionTypeId = 7,
            NumberOfRemainingSubOperations = 8,
            NumberOfCompletedSubOperations = 9,
            NumberOfFailedSubOperations = 10,
            NumberOfWarningSubOperations = 11,
        }.Encode();

        var elements = new List<int>();
        for (var at = 0; at < bytes.Length; at += 8 + BitConverter.ToInt32(bytes, at + 4))
        {
            elements.Add(BitConverter.ToUInt16(bytes, at + 2));
            Assert.Equal(0, BitConverter.ToInt32(bytes, at + 4) % 2);
        }

        Assert.Equal(
            [0, 2, 3, 0x100, 0x110, 0x120, 0x600, 0x700, 0x800, 0x900, 0x901, 0x902, 0x903, 0x1000, 0x1001, 0x1002, 0x1008, 0x1020, 0x1021, 0x1022, 0x1023, 0x1030, 0x1031],
            elements);
        Assert.Equal(bytes.Length - 12, BitConverter.ToInt32(bytes, 8));
        Assert.Contains("1.2.3\0"u8.ToArray(), Windows(bytes, 6), EqualityComparer<byte[]>.Create((a, b) => a!.SequenceEqual(b!)));
        Assert.Contains("ODD "u8.ToArray(), Windows(bytes, 4), EqualityComparer<byte[]>.Create((a, b) => a!.SequenceEqual(b!)));
    }

    [Fact]
    public void Encoding_to_a_writer_is_the_same()
    {
        var writer = new ArrayBufferWriter<byte>();

        var length = CommandSet.Decode(CommandVectors.MoveResponse).Encode(writer);

        Assert.Equal(CommandVectors.MoveResponse, writer.WrittenSpan);
        Assert.Equal(length, writer.WrittenCount);
    }

    [Theory]
    [InlineData(0x0101, false)]
    [InlineData(0x0000, true)]
    [InlineData(0x0001, true)]
    [InlineData(0x0102, true)]
    [InlineData(0xFEFE, true)]
    public void A_data_set_is_absent_only_if_its_type_is_0101(int type, bool present)
    {
        Assert.Equal(present, CommandSet.Decode([.. Field, .. Element(0x0800, (byte)type, (byte)(type >> 8))]).HasDataSet);
    }

    [Fact]
    public void A_missing_or_wrong_group_length_is_tolerated()
    {
        byte[] rest = CommandVectors.EchoRequest[12..];

        Assert.Equal((ushort?)7, CommandSet.Decode(rest).MessageId);
        Assert.Equal((ushort?)7, CommandSet.Decode([.. Element(0, 1, 0, 0, 0), .. rest]).MessageId);
        Assert.Equal((ushort?)7, CommandSet.Decode([.. Element(0, 0xFF, 0xFF, 0xFF, 0xFF), .. rest]).MessageId);
        Assert.Equal((ushort?)7, CommandSet.Decode([.. Element(0), .. rest]).MessageId);
    }

    [Fact]
    public void Unknown_elements_and_another_order_are_tolerated()
    {
        var command = CommandSet.Decode([.. NoDataSet, .. Element(0x0001, 1, 0, 0, 0), .. Element(0x4000, [.. "RETIRED!"u8]), .. Field, .. Element(0x0110, 9, 0)]);

        Assert.Equal((CommandField.CEchoRequest, (ushort?)9), (command.CommandField, command.MessageId));
    }

    [Fact]
    public void Odd_lengths_and_any_padding_of_text_are_tolerated()
    {
        var command = CommandSet.Decode(
        [
            .. Field, .. NoDataSet, .. Element(0x0002, [.. "1.2.3"u8]), .. Element(0x1000, [.. "1.2.4 \0"u8]), .. Element(0x0600, [.. " AE\0\0"u8]),
            .. Element(0x0902, [.. "  what \0"u8])
        ]);

        Assert.Equal(("1.2.3", "1.2.4", "AE", "what"),
            (command.AffectedSOPClassUID, command.AffectedSOPInstanceUID, command.MoveDestination, command.ErrorComment));
    }

    [Fact]
    public void Empty_elements_are_the_same_as_absent_ones()
    {
        var command = CommandSet.Decode(
            [.. Field, .. NoDataSet, .. Element(0x1021), .. Element(0x0002), .. Element(0x1000, 0, 0), .. Element(0x0902, 0x20, 0x20), .. Element(0x0901)]);

        Assert.Null(command.NumberOfCompletedSubOperations);
        Assert.Null(command.AffectedSOPClassUID);
        Assert.Null(command.AffectedSOPInstanceUID);
        Assert.Null(command.ErrorComment);
        Assert.Empty(command.OffendingElements);
    }

    [Fact]
    public void Error_comments_are_made_fit_for_people()
    {
        Assert.Equal("Gerät ok", Comment(System.Text.Encoding.UTF8.GetBytes("Gerät ok")));
        Assert.Equal("Gerät", Comment(System.Text.Encoding.Latin1.GetBytes("Gerät")));
        Assert.Null(Comment("\u001B\t"u8.ToArray()));
        Assert.Equal("a [Jb", Comment("a\u001B[Jb"u8.ToArray()));

        static string? Comment(byte[] bytes) => CommandSet.Decode([.. Field, .. NoDataSet, .. Element(0x0902, bytes)]).ErrorComment;
    }

    [Fact]
    public void Error_comments_are_sent_as_the_standard_wants()
    {
        var command = new CommandSet { CommandField = CommandField.CStoreResponse, ErrorComment = "Größe\t\\" + new string('x', 100) };

        var sent = CommandSet.Decode(command.Encode()).ErrorComment;

        Assert.Equal("Gr??e??" + new string('x', 57), sent);
    }

    [Fact]
    public void Identifiers_that_are_not_ascii_are_never_sent()
    {
        Assert.Throws<ArgumentException>(() => new CommandSet { CommandField = CommandField.CMoveRequest, MoveDestination = "RÖNTGEN" }.Encode());
        Assert.Throws<ArgumentException>(() => new CommandSet { CommandField = CommandField.CMoveRequest, AffectedSOPClassUID = "1.\u00B2" }.Encode());
    }

    [Theory]
    [InlineData("0000 0001 02000000", "Command Field", 4)] // a value that never comes
    [InlineData("0000 0001 FFFFFFFF 3000", "Command Field", 4)] // an undefined length
    [InlineData("0000 0001 01000000 30", "Command Field", 8)] // a number of one byte
    [InlineData("0000 0001 04000000 30000000", "Command Field", 8)] // of four bytes
    [InlineData("0800 0500 00000000", "Tag", 0)] // not of group 0000
    [InlineData("0000 0001 0200", "Element header", 0)]
    [InlineData("", "Command Field", -1)]
    [InlineData("0000 0008 02000000 0101", "Command Field", -1)]
    [InlineData("0000 0001 02000000 3000", "Command Data Set Type", -1)]
    [InlineData("0000 0001 00000000 0000 0008 02000000 0101", "Command Field", -1)]
    public void What_cannot_be_understood_is_an_error_with_its_place(string text, string field, long offset)
    {
        var error = Assert.Throws<DicomProtocolException>(() => CommandSet.Decode(Wire.Parse(text)));

        Assert.Equal((field, offset), (error.Field, error.Offset));
    }

    [Fact]
    public void The_text_form_names_message_id_and_status_and_nothing_of_a_patient()
    {
        Assert.Equal("C-FIND-RSP to 5 status FF01H", CommandSet.Decode(CommandVectors.FindResponse).ToString());
        Assert.Equal("C-STORE-RQ 3", CommandSet.Decode(CommandVectors.StoreRequest).ToString());
        Assert.Equal("command 7777H", new CommandSet { CommandField = (CommandField)0x7777 }.ToString());
        Assert.Equal("C-CANCEL-RQ to 4", new CCancelRequest(4).ToCommandSet().ToString());
    }

    [Fact]
    public void Decoding_a_find_response_costs_one_small_object()
    {
        CommandSet.Decode(CommandVectors.FindResponse);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 100; i++)
            CommandSet.Decode(CommandVectors.FindResponse);

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 1, 256);
    }

    private static byte[] Element(ushort element, params byte[] value) =>
        [0, 0, (byte)element, (byte)(element >> 8), (byte)value.Length, 0, 0, 0, .. value];

    private static IEnumerable<byte[]> Windows(byte[] bytes, int length) =>
        Enumerable.Range(0, bytes.Length - length).Select(i => bytes[i..(i + length)]);
}
