namespace PacsTools.Dicom.Tests.Pdus;

/// <summary>PDUs as bytes, written out by hand from the tables of PS3.8 9.3 and PS3.7 D.3.3.</summary>
internal static class Vectors
{
    public static readonly byte[] AssociateRq = Wire.Parse("""
        01 00 000000B2                          # A-ASSOCIATE-RQ, 178 bytes follow
        0001 0000                               # protocol version 1, reserved
        'ORTHANC         '                      # called AE title
        'RIS_CONNECTOR   '                      # calling AE title
        0000000000000000 0000000000000000       # reserved
        0000000000000000 0000000000000000
        10 00 0015 '1.2.840.10008.3.1.1.1'      # application context
        20 00 002E 01 00 00 00                  # presentation context 1, 3 reserved
          30 00 0011 '1.2.840.10008.1.1'        #   abstract syntax Verification, 17 bytes, unpadded
          40 00 0011 '1.2.840.10008.1.2'        #   transfer syntax implicit VR little endian
        50 00 001F                              # user information
          51 00 0004 00040000                   #   maximum length 262,144
          52 00 0006 '2.25.1'                   #   implementation class UID
          55 00 0009 'PT_VECTOR'                #   implementation version name
        """);

    public static readonly byte[] AssociateAc = Wire.Parse("""
        02 00 000000A1                          # A-ASSOCIATE-AC, 161 bytes follow
        0001 0000                               # protocol version 1, reserved
        'ORTHANC         ' 'RIS_CONNECTOR   '   # as in the request
        0000000000000000 0000000000000000       # as in the request
        0000000000000000 0000000000000000
        10 00 0015 '1.2.840.10008.3.1.1.1'      # application context
        21 00 0019 01 00 00 00                  # context 1, reserved, acceptance, reserved
          40 00 0011 '1.2.840.10008.1.2'        #   the transfer syntax chosen
        21 00 0008 03 00 03 00                  # context 3: abstract syntax not supported
          40 00 0000                            #   transfer syntax without meaning
        50 00 0017                              # user information
          51 00 0004 00004000                   #   maximum length 16,384
          52 00 000B '2.25.987654'              #   implementation class UID
        """);

    public static readonly byte[] AssociateRj = Wire.Parse("""
        03 00 00000004                          # A-ASSOCIATE-RJ, always 4 bytes
        00 01 01 07                             # reserved, permanent, service-user, called AE title not recognized
        """);

    public static readonly byte[] PData = Wire.Parse("""
        04 00 0000001A                          # P-DATA-TF, 26 bytes follow
        00000006 01 03 AABBCCDD                 # item of 6 bytes: context 1, last fragment of a command, 4 bytes
        00000006 01 00 01020304                 # context 1, fragment of a data set
        00000002 01 02                          # context 1, last fragment of the data set, empty
        """);

    public static readonly byte[] ReleaseRq = Wire.Parse("05 00 00000004 00000000");

    public static readonly byte[] ReleaseRp = Wire.Parse("06 00 00000004 00000000");

    public static readonly byte[] Abort = Wire.Parse("""
        07 00 00000004                          # A-ABORT, always 4 bytes
        00 00 02 06                             # reserved, reserved, service-provider, invalid parameter value
        """);

    /// <summary>Every sub-item of the user information, request and acceptance mixed.</summary>
    public static readonly byte[] UserInformationItem = Wire.Parse("""
        50 00 008D                              # user information, 141 bytes
          51 00 0004 00000000                   #   maximum length: no limit
          52 00 0008 '1.2.3.4' 00               #   implementation class UID, wrongly padded with a NUL
          53 00 0004 0005 0000                  #   5 operations invoked, any number performed
          54 00 0009 0005 '1.2.3' 00 01         #   role selection: SCP only
          54 00 0009 0005 '1.2.4' 01 01         #   role selection: both
          55 00 0004 'V1.0'                     #   implementation version name
          56 00 000A 0005 '1.2.5' 01 00 01      #   extended negotiation: three bytes
          57 00 001D 0005 '1.2.6' 0005 '1.2.7'  #   common extended negotiation: SOP class, service class
             000B 0003 '1.8' 0004 '1.99'        #     two related general SOP classes, 11 bytes
             0102                               #     what a later version may add
          58 00 000C 02 01 0003 'bob' 0003 '123'#   user name and passcode, confirmation wanted
          59 00 0006 0004 'tick'                #   the server's response
          7E 00 0002 FFFF                       #   an item nobody knows
        """);
}
