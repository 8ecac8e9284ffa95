using PacsTools.Dicom.Data;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Tests.Storage;

public sealed class StorageNegotiationTests
{
    private const string CT = "1.2.840.10008.5.1.4.1.1.2";
    private const string Implicit = "1.2.840.10008.1.2";
    private const string Explicit = "1.2.840.10008.1.2.1";
    private const string Big = "1.2.840.10008.1.2.2";
    private const string Deflated = "1.2.840.10008.1.2.1.99";
    private const string Jpeg2000 = "1.2.840.10008.1.2.4.90";
    private const string Private = "1.2.3.4";

    [Theory]
    [InlineData(Explicit, Explicit)]
    [InlineData(Implicit, Implicit)]
    [InlineData(Explicit, Implicit, Explicit)]
    [InlineData(Explicit, Big, Implicit, Explicit)]
    [InlineData(Jpeg2000, Jpeg2000, Explicit, Implicit)]
    [InlineData(Explicit, Explicit, Jpeg2000)]
    [InlineData(Deflated, Deflated, Explicit)]
    [InlineData(Explicit, Private, Explicit)]
    [InlineData(Private, Private)]
    [InlineData("")]
    public void The_senders_first_choice_counts_but_explicit_is_better_than_implicit(string chosen, params string[] proposed) =>
        Assert.Equal(chosen, StorageNegotiation.Choose(CT, proposed));

    [Fact]
    public void Every_storage_class_of_the_registry_is_taken()
    {
        Assert.All(UidRegistry.StorageSopClasses, c => Assert.Equal(Explicit, StorageNegotiation.Choose(c.Uid, [Explicit])));
        Assert.True(UidRegistry.StorageSopClasses.Count > 150);
    }

    [Theory]
    [InlineData("1.2.840.10008.5.1.4.1.2.2.1")]
    [InlineData("1.2.840.10008.5.1.4.31")]
    [InlineData("1.2.840.10008.99.99")]
    public void Standard_classes_that_are_not_storage_are_not_supported(string sopClass) => Assert.Null(StorageNegotiation.Choose(sopClass, [Explicit]));

    [Fact]
    public void Private_classes_are_taken_whatever_they_are() => Assert.Equal(Jpeg2000, StorageNegotiation.Choose("1.3.12.2.1107.5.9.1", [Jpeg2000]));

    [Fact]
    public void Verification_is_taken_in_a_plain_syntax_only()
    {
        Assert.Equal(Implicit, StorageNegotiation.Choose(DicomUids.Verification, [Jpeg2000, Implicit]));
        Assert.Equal("", StorageNegotiation.Choose(DicomUids.Verification, [Jpeg2000]));
    }
}
