using PacsTools.Dicom.Dimse;

namespace PacsTools.Dicom.Tests.Dimse;

public class CommandFieldTests
{
    /// <summary>PS3.7 Table E.1-1, Command Field.</summary>
    [Theory]
    [InlineData(0x0001, "C-STORE-RQ")]
    [InlineData(0x8001, "C-STORE-RSP")]
    [InlineData(0x0010, "C-GET-RQ")]
    [InlineData(0x8010, "C-GET-RSP")]
    [InlineData(0x0020, "C-FIND-RQ")]
    [InlineData(0x8020, "C-FIND-RSP")]
    [InlineData(0x0021, "C-MOVE-RQ")]
    [InlineData(0x8021, "C-MOVE-RSP")]
    [InlineData(0x0030, "C-ECHO-RQ")]
    [InlineData(0x8030, "C-ECHO-RSP")]
    [InlineData(0x0100, "N-EVENT-REPORT-RQ")]
    [InlineData(0x8100, "N-EVENT-REPORT-RSP")]
    [InlineData(0x0110, "N-GET-RQ")]
    [InlineData(0x8110, "N-GET-RSP")]
    [InlineData(0x0120, "N-SET-RQ")]
    [InlineData(0x8120, "N-SET-RSP")]
    [InlineData(0x0130, "N-ACTION-RQ")]
    [InlineData(0x8130, "N-ACTION-RSP")]
    [InlineData(0x0140, "N-CREATE-RQ")]
    [InlineData(0x8140, "N-CREATE-RSP")]
    [InlineData(0x0150, "N-DELETE-RQ")]
    [InlineData(0x8150, "N-DELETE-RSP")]
    [InlineData(0x0FFF, "C-CANCEL-RQ")]
    [InlineData(0x8FFF, "command 8FFFH")]
    [InlineData(0x0002, "command 0002H")]
    public void Names_are_those_of_the_standard(int value, string name)
    {
        var field = (CommandField)value;

        Assert.Equal(name, field.ToName());
        Assert.Equal(!name.StartsWith("command", StringComparison.Ordinal), Enum.IsDefined(field));
        Assert.Equal(value >= 0x8000, field.IsResponse());
    }
}
