using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Tests.Dimse;

public class MessageTests
{
    private const string Find = "1.2.840.10008.5.1.4.1.2.2.1";

    [Fact]
    public void Echo()
    {
        var request = CEchoRequest.From(Sent(new CEchoRequest(7).ToCommandSet()));

        Assert.Equal(new CEchoRequest(7, "1.2.840.10008.1.1"), request);
        Assert.Equal(CommandVectors.EchoRequest, request.ToCommandSet().Encode());
        CheckAnswer(CEchoResponse.From(Sent(CEchoResponse.To(request, 0).ToCommandSet())), 7, 0, "1.2.840.10008.1.1", CommandField.CEchoResponse);
    }

    [Fact]
    public void Find_with_pending_and_final_response()
    {
        var request = CFindRequest.From(Sent(new CFindRequest(5, Find, Priority.High).ToCommandSet()));
        var pending = CFindResponse.From(Sent((CFindResponse.To(request, 0xFF01) with { HasDataSet = true }).ToCommandSet()));

        Assert.Equal(new CFindRequest(5, Find, Priority.High), request);
        Assert.True(request.ToCommandSet().HasDataSet);
        Assert.Equal(CommandVectors.FindResponse, pending.ToCommandSet().Encode());
        CheckAnswer(pending, 5, 0xFF01, Find, CommandField.CFindResponse);
        Assert.False(CFindResponse.To(request, 0).ToCommandSet().HasDataSet);
    }

    [Fact]
    public void Move_with_counters()
    {
        const string move = "1.2.840.10008.5.1.4.1.2.2.2";
        var request = CMoveRequest.From(Sent(new CMoveRequest(9, move, "RIS_STORE_SCP").ToCommandSet()));
        var response = CMoveResponse.From(Sent((CMoveResponse.To(request, 0xA801) with
        {
            Remaining = 0,
            Completed = 3,
            Failed = 1,
            Warning = 2,
            ErrorComment = "Unknown dest",
            ErrorId = 42,
            OffendingElements = [new DicomTag(0x00100010), new DicomTag(0x0020000D)],
        }).ToCommandSet()));

        Assert.Equal(("RIS_STORE_SCP", Priority.Medium), (request.MoveDestination, request.Priority));
        Assert.Equal(CommandVectors.MoveResponse, response.ToCommandSet().Encode());
        CheckAnswer(response, 9, 0xA801, move, CommandField.CMoveResponse);
    }

    [Fact]
    public void Counters_that_are_not_sent_are_not_zero()
    {
        var response = CMoveResponse.From(Sent(new CMoveResponse(9, 0xFF00).ToCommandSet()));

        Assert.Null(response.Remaining);
        Assert.Null(response.Completed);
        Assert.Null(response.Failed);
        Assert.Null(response.Warning);
    }

    [Fact]
    public void Get()
    {
        var request = CGetRequest.From(Sent(new CGetRequest(1, "1.2.3", Priority.Low).ToCommandSet()));
        var response = CGetResponse.From(Sent((CGetResponse.To(request, 0xB000) with { Failed = 4 }).ToCommandSet()));

        Assert.Equal(new CGetRequest(1, "1.2.3", Priority.Low), request);
        Assert.Equal((ushort?)4, response.Failed);
        CheckAnswer(response, 1, 0xB000, "1.2.3", CommandField.CGetResponse);
    }

    [Fact]
    public void Store_response_repeats_both_uids()
    {
        var request = CStoreRequest.From(CommandSet.Decode(CommandVectors.StoreRequest));
        var response = CStoreResponse.From(Sent(CStoreResponse.To(request, 0xB007).ToCommandSet()));

        Assert.Equal(("RIS", (ushort?)11), (request.MoveOriginatorAETitle, request.MoveOriginatorMessageId));
        Assert.Equal(CommandVectors.StoreRequest, request.ToCommandSet().Encode());
        Assert.Equal("1.2.34", response.AffectedSOPInstanceUID);
        CheckAnswer(response, 3, 0xB007, "1.2.840.10008.5.1.4.1.1.2", CommandField.CStoreResponse);
    }

    [Fact]
    public void Cancel_names_the_request_and_has_no_data_set()
    {
        var sent = Sent(new CCancelRequest(5).ToCommandSet());

        Assert.Equal(new CCancelRequest(5), CCancelRequest.From(sent));
        Assert.False(sent.HasDataSet);
        Assert.Null(sent.MessageId);
    }

    [Fact]
    public void Action()
    {
        var request = NActionRequest.From(Sent(new NActionRequest(2, "1.2.840.10008.1.20.1", "1.2.840.10008.1.20.1.1", 1).ToCommandSet()));
        var response = NActionResponse.From(Sent(NActionResponse.To(request, 0).ToCommandSet()));

        Assert.Equal(new NActionRequest(2, "1.2.840.10008.1.20.1", "1.2.840.10008.1.20.1.1", 1, true), request);
        Assert.Equal(("1.2.840.10008.1.20.1.1", (ushort?)1), (response.AffectedSOPInstanceUID, response.ActionTypeId));
        CheckAnswer(response, 2, 0, "1.2.840.10008.1.20.1", CommandField.NActionResponse);
    }

    [Fact]
    public void Event_report()
    {
        var request = NEventReportRequest.From(Sent(new NEventReportRequest(2, "1.2", "1.2.1", 2).ToCommandSet()));
        var response = NEventReportResponse.From(Sent(NEventReportResponse.To(request, 0x0110).ToCommandSet()));

        Assert.Equal(new NEventReportRequest(2, "1.2", "1.2.1", 2, true), request);
        Assert.Equal(("1.2.1", (ushort?)2), (response.AffectedSOPInstanceUID, response.EventTypeId));
        CheckAnswer(response, 2, 0x0110, "1.2", CommandField.NEventReportResponse);
    }

    [Fact]
    public void Another_message_than_expected_is_an_error()
    {
        var error = Assert.Throws<DicomProtocolException>(() => CFindResponse.From(CommandSet.Decode(CommandVectors.MoveResponse)));

        Assert.Equal("Command Field", error.Field);
        Assert.Contains("C-MOVE-RSP came where C-FIND-RSP was expected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Elements_that_must_be_there_are_asked_for()
    {
        Lacks("Message ID", () => CStoreRequest.From(new CommandSet { CommandField = CommandField.CStoreRequest }));
        Lacks("Affected SOP Class UID", () => CStoreRequest.From(new CommandSet { CommandField = CommandField.CStoreRequest, MessageId = 1 }));
        Lacks("Affected SOP Instance UID", () => CStoreRequest.From(new CommandSet { CommandField = CommandField.CStoreRequest, MessageId = 1, AffectedSOPClassUID = "1.2" }));
        Lacks("Move Destination", () => CMoveRequest.From(new CommandSet { CommandField = CommandField.CMoveRequest, MessageId = 1, AffectedSOPClassUID = "1.2" }));
        Lacks("Message ID Being Responded To", () => CCancelRequest.From(new CommandSet { CommandField = CommandField.CCancelRequest }));
        Lacks("Message ID Being Responded To", () => CEchoResponse.From(new CommandSet { CommandField = CommandField.CEchoResponse, Status = 0 }));
        Lacks("Status", () => CEchoResponse.From(new CommandSet { CommandField = CommandField.CEchoResponse, MessageIdBeingRespondedTo = 1 }));

        static void Lacks(string element, Action read) => Assert.Equal(element, Assert.Throws<DicomProtocolException>(read).Field);
    }

    [Fact]
    public void Responses_need_not_repeat_the_sop_class()
    {
        Assert.Null(CFindResponse.From(Sent(new CFindResponse(1, 0).ToCommandSet())).AffectedSOPClassUID);
    }

    private static void CheckAnswer(DimseResponse response, ushort id, ushort status, string sopClass, CommandField field)
    {
        Assert.Equal((id, status, sopClass), (response.MessageIdBeingRespondedTo, response.Status, response.AffectedSOPClassUID));
        Assert.Equal(field, response.ToCommandSet().CommandField);
        Assert.True(field.IsResponse());
    }

    private static CommandSet Sent(CommandSet command) => CommandSet.Decode(command.Encode());
}
