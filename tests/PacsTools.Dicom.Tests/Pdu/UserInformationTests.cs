using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Dicom.Tests.Pdus;

public class UserInformationTests
{
    [Fact]
    public void Every_sub_item_is_read()
    {
        var user = Read(Vectors.UserInformationItem);

        Assert.Equal(0u, user.MaxPduLength);
        Assert.Equal("1.2.3.4", user.ImplementationClassUID);
        Assert.Equal("V1.0", user.ImplementationVersionName);
        Assert.Equal(new AsynchronousOperationsWindow(5, 0), user.AsynchronousOperationsWindow);
        Assert.Equal([new RoleSelection("1.2.3", false, true), new RoleSelection("1.2.4", true, true)], user.RoleSelections);
        var extended = Assert.Single(user.ExtendedNegotiations);
        Assert.Equal("1.2.5", extended.SopClassUid);
        Assert.Equal([1, 0, 1], extended.Info);
        var common = Assert.Single(user.CommonExtendedNegotiations);
        Assert.Equal(("1.2.6", "1.2.7"), (common.SopClassUid, common.ServiceClassUid));
        Assert.Equal(["1.8", "1.99"], common.RelatedGeneralSopClasses);
        Assert.Equal(UserIdentityType.UserNameAndPasscode, user.UserIdentityRq?.Type);
        Assert.True(user.UserIdentityRq?.PositiveResponseRequested);
        Assert.Equal("bob"u8, user.UserIdentityRq!.Primary);
        Assert.Equal("123"u8, user.UserIdentityRq!.Secondary);
        Assert.Equal("tick"u8, user.UserIdentityAc!.ServerResponse);
    }

    [Fact]
    public void Every_sub_item_is_written()
    {
        var written = Write(new UserInformation
        {
            MaxPduLength = 0,
            ImplementationClassUID = "1.2.3.4",
            ImplementationVersionName = "V1.0",
            AsynchronousOperationsWindow = new(5, 0),
            RoleSelections = [new("1.2.3", false, true)],
            ExtendedNegotiations = [new("1.2.5", [1, 0, 1])],
            CommonExtendedNegotiations = [new("1.2.6", "1.2.7", ["1.8"])],
            UserIdentityRq = new(UserIdentityType.UserName, false, "bob"u8.ToArray(), []),
            UserIdentityAc = new([]),
        });

        Assert.Equal(Wire.Parse("""
            50 00 006A                              # user information, 106 bytes
              51 00 0004 00000000                   #   maximum length
              52 00 0007 '1.2.3.4'                  #   implementation class UID, unpadded
              53 00 0004 0005 0000                  #   asynchronous operations window
              54 00 0009 0005 '1.2.3' 00 01         #   role selection
              55 00 0004 'V1.0'                     #   implementation version name
              56 00 000A 0005 '1.2.5' 01 00 01      #   extended negotiation
              57 00 0015 0005 '1.2.6' 0005 '1.2.7'  #   common extended negotiation, version 0
                 0005 0003 '1.8'
              58 00 0009 01 00 0003 'bob' 0000      #   user name; an empty secondary field still has its length
              59 00 0002 0000                       #   server response
            """), written);
    }

    [Fact]
    public void Absent_parts_are_not_written()
    {
        Assert.Equal(Wire.Parse("50 00 0008  51 00 0004 00040000"), Write(new UserInformation()));
    }

    [Fact]
    public void An_identity_without_the_length_of_its_secondary_field_is_read()
    {
        var user = Read(Wire.Item(0x50, Wire.Item(0x58, Wire.Parse("01 00 0003 'bob'"))));

        Assert.Equal("bob"u8, user.UserIdentityRq!.Primary);
        Assert.Equal([], user.UserIdentityRq!.Secondary);
    }

    [Fact]
    public void Common_negotiation_without_its_list_is_read()
    {
        var user = Read(Wire.Item(0x50, Wire.Item(0x57, Wire.Parse("0003 '1.2' 0003 '1.3'"))));

        Assert.Empty(user.CommonExtendedNegotiations[0].RelatedGeneralSopClasses);
    }

    [Fact]
    public void Control_characters_of_a_version_name_do_not_reach_a_terminal()
    {
        var user = Read(Wire.Item(0x50, Wire.Item(0x55, [0x1B, (byte)'[', (byte)'J', 0xE9, 0])));

        Assert.Equal("?[J?", user.ImplementationVersionName);
    }

    [Theory]
    [InlineData("51 00 0003 000000", "Maximum-length-received")] // a maximum length takes 4 bytes
    [InlineData("53 00 0003 000100", "Maximum-number-operations-performed")]
    [InlineData("54 00 0006 0005 '1.2.'", "Role-selection SOP-class-uid")] // the UID claims 5 bytes
    [InlineData("54 00 0008 0005 '1.2.3' 01", "SCP-role")]
    [InlineData("56 00 0002 0001", "Extended-negotiation SOP-class-uid")]
    [InlineData("57 00 0005 0003 '1.2'", "Service-class-uid")]
    [InlineData("57 00 000E 0003 '1.2' 0003 '1.3' 0002 FFFF", "Related-general-sop-class-uid")]
    [InlineData("58 00 0004 01 00 0001", "Primary-field")]
    [InlineData("58 00 0005 01 00 0000 00", "Secondary-field")]
    [InlineData("59 00 0002 0001", "Server-response")]
    [InlineData("51 00 FFFF 00", "User-information sub-item")]
    [InlineData("51 00 00", "User-information sub-item")]
    public void What_does_not_fit_is_an_error_naming_the_field(string subItem, string field)
    {
        var error = Assert.Throws<DicomProtocolException>(() => Read(Wire.Item(0x50, Wire.Parse(subItem))));

        Assert.Equal(field, error.Field);
        Assert.InRange(error.Offset, 78, 78 + 4 + 20);
    }

    [Fact]
    public void A_full_item_of_tiny_sub_items_stays_within_bounds()
    {
        var roles = Enumerable.Repeat(Wire.Item(0x54, 0, 0, 1, 1), 65535 / 8).SelectMany(r => r).ToArray();
        var item = Wire.Associate(1, Wire.Item(0x50, roles));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.True(PduReader.TryRead(item, PduLimits.Default, out var pdu, out _));

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(8191, ((AAssociateRq)pdu).UserInformation.RoleSelections.Count);
        Assert.InRange(allocated, 1, 16L * item.Length);
    }

    [Fact]
    public void What_one_item_cannot_hold_is_not_sent()
    {
        var roles = Enumerable.Range(0, 6000).Select(i => new RoleSelection("1.2.3", true, true)).ToArray();

        Assert.Throws<ArgumentException>(() => Write(new UserInformation { RoleSelections = roles }));
        Assert.Throws<ArgumentException>(() => Write(new UserInformation { ImplementationVersionName = "SEVENTEEN_LETTERS" }));
        Assert.Throws<ArgumentException>(() => Write(new UserInformation { UserIdentityRq = new(UserIdentityType.Saml, false, new byte[65536], []) }));
    }

    [Fact]
    public void The_text_form_of_an_identity_shows_no_secret()
    {
        var identity = new UserIdentityRq(UserIdentityType.UserNameAndPasscode, true, "bob"u8.ToArray(), "secret"u8.ToArray());
        var text = new UserInformation { UserIdentityRq = identity, UserIdentityAc = new("ticket"u8.ToArray()) }.ToString();

        Assert.Contains("UserNameAndPasscode", text, StringComparison.Ordinal);
        foreach (var secret in new[] { "bob", "secret", "ticket", "Primary", System.Text.Encoding.UTF8.GetString(identity.Secondary) })
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }

    private static UserInformation Read(byte[] item)
    {
        Assert.True(PduReader.TryRead(Wire.Associate(1, item), PduLimits.Default, out var pdu, out _));
        return ((AAssociateRq)pdu).UserInformation;
    }

    private static byte[] Write(UserInformation user) =>
        PduWriter.Write(new AAssociateRq { CalledAETitle = "A", CallingAETitle = "B", UserInformation = user })[(74 + 25)..];
}
