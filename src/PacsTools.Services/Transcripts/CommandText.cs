using System.Globalization;
using System.Text;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Transcripts;

/// <summary>Command sets in one line (PS3.7 E), whatever a peer has put into them.</summary>
internal static class CommandText
{
    public static string Describe(AcceptedContext context, CommandSet command)
    {
        var text = new StringBuilder(command.ToString());
        text.Append(CultureInfo.InvariantCulture, $" (context {context.Id})");
        if ((command.AffectedSOPClassUID ?? command.RequestedSOPClassUID) is { } sopClass)
            text.Append(", ").Append(PduText.Name(sopClass));
        Append(text, "instance", command.AffectedSOPInstanceUID ?? command.RequestedSOPInstanceUID);
        Append(text, "move destination", command.MoveDestination);
        if (command.MoveOriginatorAETitle is { } originator)
            text.Append(CultureInfo.InvariantCulture, $", move originator {originator} message {command.MoveOriginatorMessageId}");
        Append(text, "remaining", command.NumberOfRemainingSubOperations);
        Append(text, "completed", command.NumberOfCompletedSubOperations);
        Append(text, "warning", command.NumberOfWarningSubOperations);
        Append(text, "failed", command.NumberOfFailedSubOperations);
        Append(text, "event type", command.EventTypeId);
        Append(text, "action type", command.ActionTypeId);
        Append(text, "error id", command.ErrorId);
        if (command.OffendingElements.Count > 0)
            text.Append(", offending ").AppendJoin(' ', command.OffendingElements);
        if (command.ErrorComment is { Length: > 0 } comment)
            text.Append(", comment \"").Append(comment).Append('"');
        if (command.HasDataSet)
            text.Append(", a data set follows");
        return PlainText.Of(text.ToString());
    }

    private static void Append(StringBuilder text, string name, object? value)
    {
        if (value is not null)
            text.Append(CultureInfo.InvariantCulture, $", {name} {value}");
    }
}
