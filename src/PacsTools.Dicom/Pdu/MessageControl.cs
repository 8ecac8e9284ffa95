namespace PacsTools.Dicom.Pdus;

/// <summary>The bits of the message control header (PS3.8 E.2). The others are sent as 0 and never looked at.</summary>
internal static class MessageControl
{
    public const byte Command = 0x01;
    public const byte Last = 0x02;

    public static byte Of(bool isCommand, bool isLast) => (byte)((isCommand ? Command : 0) | (isLast ? Last : 0));
}
