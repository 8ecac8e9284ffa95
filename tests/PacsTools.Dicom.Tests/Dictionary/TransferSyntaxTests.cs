using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Tests.Dictionary;

public sealed class TransferSyntaxTests
{
    [Theory]
    //          UID                       explicit big   deflated encapsulated
    [InlineData("1.2.840.10008.1.2", false, false, false, false)]
    [InlineData("1.2.840.10008.1.2.1", true, false, false, false)]
    [InlineData("1.2.840.10008.1.2.1.98", true, false, false, true)]
    [InlineData("1.2.840.10008.1.2.1.99", true, false, true, false)]
    [InlineData("1.2.840.10008.1.2.2", true, true, false, false)]
    [InlineData("1.2.840.10008.1.2.4.50", true, false, false, true)]
    [InlineData("1.2.840.10008.1.2.4.70", true, false, false, true)]
    [InlineData("1.2.840.10008.1.2.4.91", true, false, false, true)]
    [InlineData("1.2.840.10008.1.2.4.94", true, false, false, false)]
    [InlineData("1.2.840.10008.1.2.4.95", true, false, true, false)]
    [InlineData("1.2.840.10008.1.2.4.102.1", true, false, false, true)]
    [InlineData("1.2.840.10008.1.2.4.201", true, false, false, true)]
    [InlineData("1.2.840.10008.1.2.4.205", true, false, true, false)]
    [InlineData("1.2.840.10008.1.2.5", true, false, false, true)]
    [InlineData("1.2.840.10008.1.2.8.1", true, false, false, true)]
    [InlineData("1.2.840.113619.5.2", false, false, false, false)]
    public void KnowsEncodings(string uid, bool isExplicit, bool big, bool deflated, bool encapsulated)
    {
        TransferSyntax syntax = TransferSyntax.Get(uid);
        Assert.True(syntax.IsKnown);
        Assert.Equal((uid, isExplicit, big, deflated, encapsulated),
            (syntax.UID, syntax.IsExplicitVR, syntax.IsBigEndian, syntax.IsDeflated, syntax.IsEncapsulated));
    }

    [Fact]
    public void UnknownIsExplicitAndEncapsulated()
    {
        TransferSyntax syntax = TransferSyntax.Get("1.2.3.4");
        Assert.False(syntax.IsKnown);
        Assert.True(syntax.IsExplicitVR && syntax.IsEncapsulated && !syntax.IsBigEndian && !syntax.IsDeflated);
        Assert.Equal("1.2.3.4", syntax.Name);
        Assert.Equal(syntax, TransferSyntax.Get("1.2.3.4"));
        Assert.True(syntax == TransferSyntax.Get("1.2.3.4"));
        Assert.True(syntax != TransferSyntax.ImplicitVRLittleEndian);
    }

    [Fact]
    public void PaddingIsIgnored() => Assert.Same(TransferSyntax.ImplicitVRLittleEndian, TransferSyntax.Get("1.2.840.10008.1.2\0"));

    [Fact]
    public void HoldsAllOfTheRegistry()
    {
        // All but the real-time video of PS3.22, which never encodes a data set of DIMSE or a file.
        string[] registered = [.. UidRegistry.Entries.Where(e => e.Type == UidType.TransferSyntax && !e.Uid.StartsWith("1.2.840.10008.1.2.7.", StringComparison.Ordinal)).Select(e => e.Uid)];
        Assert.Equal(registered.Order(), TransferSyntax.All.Select(syntax => syntax.UID).Order());
        Assert.All(TransferSyntax.All, syntax =>
        {
            Assert.True(UidRegistry.TryGet(syntax.UID, out UidEntry? entry));
            Assert.Equal((entry.Name, entry.IsRetired), (syntax.Name, syntax.IsRetired));
            Assert.Same(syntax, TransferSyntax.Get(syntax.UID));
        });
    }
}
