using System.Text.Json;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;
using PacsTools.TestKit.Security;

namespace PacsTools.Services.Tests.Security;

public sealed class CertificateTests(TestAuthorityFixture fixture) : IClassFixture<TestAuthorityFixture>
{
    private readonly TestAuthority _authority = fixture.Authority;

    private static TlsFailure Failure(CertificateReference reference) => Assert.Throws<TlsException>(() => reference.Load(needsKey: true)).Kind;

    [Fact]
    public void Each_fault_of_a_file_has_its_reason()
    {
        var good = _authority.Issue("good");
        var damaged = Path.Combine(_authority.Folder, "damaged.pem");
        File.WriteAllText(damaged, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        var nothing = Path.Combine(_authority.Folder, "nothing.bin");
        File.WriteAllBytes(nothing, [1, 2, 3]);
        var wrong = new PacsSecret("wrong");
        Assert.Equal(TlsFailure.CertificateNotFound, Failure(CertificateReference.FromFile(Path.Combine(_authority.Folder, "absent.pfx"))));
        Assert.Equal(TlsFailure.CertificateUnreadable, Failure(CertificateReference.FromFile(damaged)));
        Assert.Equal(TlsFailure.CertificateUnreadable, Failure(CertificateReference.FromFile(nothing)));
        Assert.Equal(TlsFailure.NoPrivateKey, Failure(CertificateReference.FromFile(good.CertificatePath)));
        Assert.Equal(TlsFailure.CertificatePassword, Failure(CertificateReference.FromFile(good.PfxPath)));
        Assert.Equal(TlsFailure.CertificatePassword, Failure(CertificateReference.FromFile(good.PfxPath, null, wrong)));
        Assert.Equal(TlsFailure.CertificatePassword, Failure(CertificateReference.FromFile(good.EncryptedPath)));
        Assert.Equal(TlsFailure.CertificatePassword, Failure(CertificateReference.FromFile(good.EncryptedPath, null, wrong)));
        Assert.Equal(TlsFailure.CertificateUnreadable, Failure(CertificateReference.FromFile(good.CertificatePath, _authority.Issue("other").KeyPath)));
        Assert.Equal(TlsFailure.CertificateNotFound, Failure(CertificateReference.FromStore(good.Sha256)));
    }

    [Theory]
    [InlineData("12:34")]
    [InlineData("")]
    [InlineData("zz000000000000000000000000000000000000zz")]
    public void What_is_no_thumbprint_is_refused(string text) => Assert.Throws<FormatException>(() => TlsPin.Normalize(text));

    [Fact]
    public void Nodes_are_equal_by_what_reaches_them_and_show_no_secret()
    {
        var own = _authority.Issue("own");
        PacsNode Node(string password) => new()
        {
            HostName = "pacs",
            Tls = new TlsSettings { Certificate = CertificateReference.FromFile(own.PfxPath, null, new PacsSecret(password)), Thumbprint = [own.Sha256] },
            UserIdentity = UserIdentity.FromName("jane", password),
        };
        Assert.Equal(Node("one"), Node("one"));
        Assert.NotEqual(Node("one"), Node("two"));
        Assert.NotEqual(Node("one"), Node("one") with { UserIdentity = UserIdentity.FromName("jane", "two") });
        var inMemory = Node("hidden") with { Tls = new TlsSettings { Certificate = CertificateReference.FromMemory(own.Certificate) } };
        foreach (var node in new[] { Node("hidden"), inMemory })
        {
            var shown = JsonSerializer.Serialize(node) + node.Tls + node.UserIdentity;
            Assert.DoesNotContain("hidden", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("PRIVATE", shown, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("RawData", shown, StringComparison.Ordinal);
        }
    }
}
