using PacsTools.Dicom.Tests.Pdus;

namespace PacsTools.Dicom.Tests.Dimse;

/// <summary>Command sets as bytes, written out by hand from PS3.7 9.1, 9.3 and E.1.</summary>
internal static class CommandVectors
{
    public static readonly byte[] EchoRequest = Wire.Parse("""
        0000 0000 04000000 38000000                         # group length 56
        0000 0200 12000000 '1.2.840.10008.1.1' 00           # Affected SOP Class UID, padded with a NUL
        0000 0001 02000000 3000                             # Command Field C-ECHO-RQ
        0000 1001 02000000 0700                             # Message ID 7
        0000 0008 02000000 0101                             # Command Data Set Type: none
        """);

    public static readonly byte[] FindResponse = Wire.Parse("""
        0000 0000 04000000 4C000000                         # group length 76
        0000 0200 1C000000 '1.2.840.10008.5.1.4.1.2.2.1' 00 # Affected SOP Class UID
        0000 0001 02000000 2080                             # Command Field C-FIND-RSP
        0000 2001 02000000 0500                             # Message ID Being Responded To 5
        0000 0008 02000000 0100                             # Command Data Set Type: one follows
        0000 0009 02000000 01FF                             # Status FF01
        """);

    public static readonly byte[] MoveResponse = Wire.Parse("""
        0000 0000 04000000 A2000000                         # group length 162
        0000 0200 1C000000 '1.2.840.10008.5.1.4.1.2.2.2' 00 # Affected SOP Class UID
        0000 0001 02000000 2180                             # Command Field C-MOVE-RSP
        0000 2001 02000000 0900                             # Message ID Being Responded To 9
        0000 0008 02000000 0101                             # Command Data Set Type: none
        0000 0009 02000000 01A8                             # Status A801
        0000 0109 08000000 1000 1000 2000 0D00              # Offending Element (0010,0010), (0020,000D)
        0000 0209 0C000000 'Unknown dest'                   # Error Comment
        0000 0309 02000000 2A00                             # Error ID 42
        0000 2010 02000000 0000                             # remaining 0
        0000 2110 02000000 0300                             # completed 3
        0000 2210 02000000 0100                             # failed 1
        0000 2310 02000000 0200                             # warning 2
        """);

    public static readonly byte[] StoreRequest = Wire.Parse("""
        0000 0000 04000000 6E000000                         # group length 110
        0000 0200 1A000000 '1.2.840.10008.5.1.4.1.1.2' 00   # Affected SOP Class UID CT
        0000 0001 02000000 0100                             # Command Field C-STORE-RQ
        0000 1001 02000000 0300                             # Message ID 3
        0000 0007 02000000 0000                             # Priority medium
        0000 0008 02000000 0100                             # Command Data Set Type: one follows
        0000 0010 06000000 '1.2.34'                         # Affected SOP Instance UID, even by itself
        0000 3010 04000000 'RIS '                           # Move Originator AE Title, padded with a space
        0000 3110 02000000 0B00                             # Move Originator Message ID 11
        """);
}
