namespace PacsTools.Dicom.Dimse;

/// <summary>The standard's names of the messages.</summary>
public static class CommandFieldNames
{
    /// <summary>The name as PS3.7 writes it: <c>C-FIND-RSP</c>; <c>command 1234H</c> for one that does not exist.</summary>
    public static string ToName(this CommandField field)
    {
        if (field == CommandField.CCancelRequest)
            return "C-CANCEL-RQ";
        var service = (CommandField)((ushort)field & 0x7FFF) switch
        {
            CommandField.CStoreRequest => "C-STORE",
            CommandField.CGetRequest => "C-GET",
            CommandField.CFindRequest => "C-FIND",
            CommandField.CMoveRequest => "C-MOVE",
            CommandField.CEchoRequest => "C-ECHO",
            CommandField.NEventReportRequest => "N-EVENT-REPORT",
            CommandField.NGetRequest => "N-GET",
            CommandField.NSetRequest => "N-SET",
            CommandField.NActionRequest => "N-ACTION",
            CommandField.NCreateRequest => "N-CREATE",
            CommandField.NDeleteRequest => "N-DELETE",
            _ => null,
        };
        return service is null ? $"command {(ushort)field:X4}H" : service + (field.IsResponse() ? "-RSP" : "-RQ");
    }

    /// <summary>True for responses: bit 15 is set.</summary>
    public static bool IsResponse(this CommandField field) => ((ushort)field & 0x8000) != 0;
}
