using PacsTools.Services.Acceptance;

namespace PacsTools.Services.Tests.Acceptance;

/// <summary>What is written into a data file is read back as it was, and runs nothing.</summary>
public class PowerShellDataTests
{
    [Theory]
    [InlineData(null, "$null")]
    [InlineData(true, "$true")]
    [InlineData(-5, "-5")]
    [InlineData(16384u, "16384")]
    [InlineData("", "''")]
    [InlineData("$(Remove-Item x)", "'$(Remove-Item x)'")]
    [InlineData("it's", "'it''s'")]
    [InlineData("\u2018x\u2019", "'\u2018\u2018x\u2019\u2019'")]
    public void Values_are_literals(object? value, string expected) => Assert.Equal(expected, PowerShellData.Literal(value));

    [Fact]
    public void Tables_keep_their_order_and_are_indented()
    {
        KeyValuePair<string, object?>[] inner = [new("1.2", "a"), new("Name", new[] { "x", "y" })];
        KeyValuePair<string, object?>[] outer = [new("Items", new[] { inner }), new("None", Array.Empty<string>())];

        Assert.Equal("@{\n    Items = @(\n        @{\n            '1.2' = 'a'\n            Name = @('x', 'y')\n        }\n    )\n    None = @()\n}", PowerShellData.Literal(outer));
    }

    [Fact]
    public void What_has_no_literal_is_refused() => Assert.Throws<ArgumentException>(() => PowerShellData.Literal(DateTime.UnixEpoch));
}
