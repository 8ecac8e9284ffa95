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

    private static StorageNegotiation Plain => Negotiation(new StorageScpOptions());

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
        Assert.Equal(chosen, Plain.Choose(CT, proposed));

    [Fact]
    public void Every_storage_class_of_the_registry_is_taken()
    {
        var plain = Plain;
        Assert.All(UidRegistry.StorageSopClasses, c => Assert.Equal(Explicit, plain.Choose(c.Uid, [Explicit])));
        Assert.True(UidRegistry.StorageSopClasses.Count > 150);
    }

    [Theory]
    [InlineData("1.2.840.10008.5.1.4.1.2.2.1")]
    [InlineData("1.2.840.10008.5.1.4.31")]
    [InlineData("1.2.840.10008.99.99")]
    public void Standard_classes_that_are_not_storage_are_not_supported(string sopClass) 
    {
        Assert.Null(Plain.Choose(sopClass, [Explicit]));
        Assert.Null(Negotiation(new StorageScpOptions(), isRetrieving: true).Choose(sopClass, [Explicit]));
    }

    [Fact]
    public void Private_classes_are_taken_where_they_were_asked_for()
    {
        const string csa = "1.3.12.2.1107.5.9.1";
        Assert.Null(Plain.Choose(csa, [Jpeg2000]));
        Assert.Equal(Jpeg2000, Negotiation(new StorageScpOptions { AcceptSopClass = [csa] }).Choose(csa, [Jpeg2000]));
        Assert.Null(Negotiation(new StorageScpOptions { AcceptSopClass = [csa] }).Choose(csa + ".1", [Jpeg2000]));
        Assert.Equal(Jpeg2000, Negotiation(new StorageScpOptions { AcceptAnySopClass = true }).Choose(csa, [Jpeg2000]));
        // A retrieve asks for whatever the archive has.
        Assert.Equal(Jpeg2000, Negotiation(new StorageScpOptions(), isRetrieving: true).Choose(csa, [Jpeg2000]));
    }

    [Theory]
    [InlineData("1.2.840.10008.5.1.4.1.2.2.1", false)]
    [InlineData("1.2.840.10008.99.99", true)]
    public void Any_class_means_all_but_those_that_are_something_else(string sopClass, bool isTaken) =>
        Assert.Equal(isTaken ? Explicit : null, Negotiation(new StorageScpOptions { AcceptAnySopClass = true }).Choose(sopClass, [Explicit]));

    [Theory]
    [InlineData("CTImageStorage")]
    [InlineData("1.2.840.10008.5.1.4.1.2.2.1")]
    public void A_class_is_named_by_keyword_or_uid(string name) =>
        Assert.NotNull(Negotiation(new StorageScpOptions { AcceptSopClass = [name] }).Choose(UidText.Parse(name, "a SOP class"), [Explicit]));

    [Theory]
    [InlineData(Explicit, new[] { "ExplicitVRLittleEndian" }, Jpeg2000, Implicit, Explicit)]
    [InlineData(Big, new[] { "1.2.3", Big, Explicit }, Explicit, Implicit, Big)]
    [InlineData(Jpeg2000, new[] { Deflated }, Jpeg2000, Explicit)]
    public void A_preference_goes_before_the_senders_own(string chosen, string[] preferred, params string[] proposed) =>
        Assert.Equal(chosen, Negotiation(new StorageScpOptions { PreferredTransferSyntax = preferred }).Choose(CT, proposed));

    [Fact]
    public void What_is_no_uid_is_refused_with_its_words()
    {
        Assert.Contains("'CT'", Assert.Throws<ArgumentException>(() => Negotiation(new StorageScpOptions { AcceptSopClass = ["CT"] })).Message);
        Assert.Contains("'1.2.x'", Assert.Throws<ArgumentException>(() => Negotiation(new StorageScpOptions { PreferredTransferSyntax = ["1.2.x"] })).Message);
    }

    [Fact]
    public void Verification_is_taken_in_a_plain_syntax_only()
    {
        Assert.Equal(Implicit, Plain.Choose(DicomUids.Verification, [Jpeg2000, Implicit]));
        Assert.Equal("", Plain.Choose(DicomUids.Verification, [Jpeg2000]));
    }

    private static StorageNegotiation Negotiation(StorageScpOptions options, bool isRetrieving = false) => new(options, () => isRetrieving);
}
