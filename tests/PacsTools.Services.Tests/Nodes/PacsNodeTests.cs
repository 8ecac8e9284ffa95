using PacsTools.Services.Nodes;

namespace PacsTools.Services.Tests.Nodes;

public sealed class PacsNodeTests
{
    [Theory]
    [InlineData("ORTHANC@127.0.0.1:4242", "ORTHANC", "127.0.0.1", 4242)]
    [InlineData("ORTHANC@pacs.hospital.example", "ORTHANC", "pacs.hospital.example", 104)]
    [InlineData("pacs:11112", "ANY-SCP", "pacs", 11112)]
    [InlineData("MAIN@[::1]:4242", "MAIN", "::1", 4242)]
    [InlineData("MAIN@[fe80::1]", "MAIN", "fe80::1", 104)]
    [InlineData("[::1]:104", "ANY-SCP", "::1", 104)]
    [InlineData(" MY PACS @ pacs : 104", "MY PACS", "pacs", 104)]
    [InlineData("A@B@pacs:104", "A@B", "pacs", 104)]
    [InlineData("A@pacs_1:104", "A", "pacs_1", 104)]
    public void Parse_reads_the_forms_of_an_address(string text, string title, string host, int port)
    {
        var node = PacsNode.Parse(text.Replace(" : ", ":"));
        Assert.Equal((title, host, port), (node.CalledAETitle, node.HostName, node.Port));
    }

    [Theory]
    [InlineData("pacs", "AE@host:port")]
    [InlineData("", "AE@host:port")]
    [InlineData("@pacs:104", "at least one character")]
    [InlineData("A@:104", "host name is empty")]
    [InlineData("A@pacs:0", "not in 1 to 65535")]
    [InlineData("A@pacs:65536", "not in 1 to 65535")]
    [InlineData("A@pacs:dicom", "no port")]
    [InlineData("A@pacs:+1", "no port")]
    [InlineData("A@::1:104", "brackets")]
    [InlineData("A@[::1:104", "bracket")]
    [InlineData("A@[pacs]:104", "brackets are for IPv6")]
    [InlineData("SEVENTEEN-LETTERS@pacs:104", "this one has 17")]
    [InlineData("A\\B@pacs:104", "backslash")]
    [InlineData("A\u0007B@pacs:104", "control character")]
    [InlineData("ÄRZTE@pacs:104", "ASCII")]
    [InlineData("A@pa cs:104", "neither a host name nor an address")]
    public void Parse_says_what_is_wrong(string text, string words)
    {
        var error = Assert.Throws<FormatException>(() => PacsNode.Parse(text));
        Assert.Contains(words, error.Message);
        Assert.DoesNotContain("(Parameter", error.Message);
        Assert.False(PacsNode.TryParse(text, out _));
    }

    [Fact]
    public void ToString_is_the_name_or_the_address()
    {
        var node = new PacsNode { HostName = "::1", Port = 4242, CalledAETitle = "MAIN" };
        Assert.Equal("MAIN@[::1]:4242", node.ToString());
        Assert.Equal("main", (node with { Name = "main" }).ToString());
        Assert.Equal(node, PacsNode.Parse(node.ToString()));
    }

    [Fact]
    public void Members_are_checked_when_set()
    {
        var node = PacsNode.Parse("pacs:104");
        Assert.Throws<ArgumentOutOfRangeException>(() => node with { Port = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => node with { ScpPort = 65536 });
        Assert.Throws<ArgumentOutOfRangeException>(() => node with { Timeout = TimeSpan.Zero });
        Assert.Throws<ArgumentException>(() => node with { CallingAETitle = "" });
        Assert.Throws<ArgumentException>(() => node with { ScpAETitle = "A\\B" });
        Assert.Throws<ArgumentException>(() => node with { HostName = "http://pacs" });
        Assert.Equal("PADDED", (node with { CallingAETitle = " PADDED  " }).CallingAETitle);
    }

    [Theory]
    [InlineData("https://pacs/dicom-web/", "https://pacs/dicom-web")]
    [InlineData("http://127.0.0.1:8042/dicom-web", "http://127.0.0.1:8042/dicom-web")]
    [InlineData("https://pacs", "https://pacs/")]
    public void The_base_of_DICOMweb_has_no_slash_at_its_end(string text, string expected) =>
        Assert.Equal(expected, (PacsNode.Parse("A@pacs:104") with { DicomWebUri = new Uri(text) }).DicomWebUri!.AbsoluteUri);

    [Theory]
    [InlineData("dicom-web", "https://pacs/dicom-web")]
    [InlineData("ftp://pacs/dicom-web", "http:// or https://")]
    [InlineData("https://user:word@pacs/dicom-web", "credential")]
    [InlineData("https://pacs/dicom-web?x=1", "query")]
    public void What_cannot_be_the_base_of_DICOMweb_is_refused(string text, string words)
    {
        var error = Assert.Throws<ArgumentException>(() => PacsNode.Parse("A@pacs:104") with { DicomWebUri = new Uri(text, UriKind.RelativeOrAbsolute) });
        Assert.Contains(words, error.Message);
        Assert.DoesNotContain("word@", error.Message);
    }

    [Fact]
    public void Neither_text_nor_document_shows_the_secrets_for_DICOMweb()
    {
        var node = PacsNode.Parse("A@pacs:104") with
        {
            DicomWebUri = new Uri("https://pacs/dicom-web"),
            DicomWebCredential = new DicomWebCredential("someone", new PacsSecret("sesame")),
            DicomWebToken = new PacsSecret("token-text"),
        };
        var shown = System.Text.Json.JsonSerializer.Serialize(node) + node + node.DicomWebCredential + node.DicomWebToken;
        Assert.DoesNotContain("sesame", shown);
        Assert.DoesNotContain("token-text", shown);
    }
}
