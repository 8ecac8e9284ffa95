using System.Text.Json;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Tests.Nodes;

public sealed class PacsSecretTests
{
    [Fact]
    public void No_text_or_document_shows_what_it_holds()
    {
        var secret = new PacsSecret("open sesame");
        Assert.Equal("(secret)", secret.ToString());
        Assert.Equal("{}", JsonSerializer.Serialize(secret));
        Assert.Empty(typeof(PacsSecret).GetProperties());
    }

    [Fact]
    public void Secrets_are_equal_by_what_they_hold()
    {
        Assert.Equal(new PacsSecret("a"), new PacsSecret("a"));
        Assert.Equal(new PacsSecret("a").GetHashCode(), new PacsSecret("a").GetHashCode());
        Assert.NotEqual(new PacsSecret("a"), new PacsSecret("A"));
        Assert.Equal("a", new PacsSecret("a").Reveal());
    }
}
