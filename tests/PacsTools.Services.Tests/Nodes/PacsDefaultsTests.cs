using PacsTools.Services.Nodes;

namespace PacsTools.Services.Tests.Nodes;

// The environment belongs to the process: nothing else may read it meanwhile.
[CollectionDefinition("environment", DisableParallelization = true)]
public sealed class EnvironmentCollection;

[Collection("environment")]
public sealed class PacsDefaultsTests
{
    private static T With<T>(string variable, string? value, Func<T> read)
    {
        var before = Environment.GetEnvironmentVariable(variable);
        Environment.SetEnvironmentVariable(variable, value);
        try
        {
            return read();
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, before);
        }
    }

    [Fact]
    public void The_table_of_the_contract_holds_without_environment()
    {
        Assert.Equal("RIS_CONNECTOR", With("PACSTOOLS_CALLING_AET", null, () => PacsDefaults.CallingAETitle));
        Assert.Equal("RIS_STORE_SCP", With("PACSTOOLS_SCP_AET", null, () => PacsDefaults.ScpAETitle));
        Assert.Equal(11113, With("PACSTOOLS_SCP_PORT", null, () => PacsDefaults.ScpPort));
        Assert.Equal(30, With("PACSTOOLS_TIMEOUT_ASSOCIATION", null, () => PacsDefaults.AssociationTimeout).TotalSeconds);
        Assert.Equal(10, With("PACSTOOLS_TIMEOUT_ECHO", null, () => PacsDefaults.EchoTimeout).TotalSeconds);
        Assert.Equal(120, With("PACSTOOLS_TIMEOUT_FIND", null, () => PacsDefaults.FindTimeout).TotalSeconds);
        Assert.Equal(300, With("PACSTOOLS_TIMEOUT_MOVE", null, () => PacsDefaults.MoveTimeout).TotalSeconds);
        Assert.Equal(60, With("PACSTOOLS_TIMEOUT_STORE", null, () => PacsDefaults.StoreTimeout).TotalSeconds);
        Assert.Null(With("PACSTOOLS_STORAGE", " ", () => PacsDefaults.StoragePath));
    }

    [Fact]
    public void A_variable_is_read_when_the_default_is_used()
    {
        var node = PacsNode.Parse("pacs:104");
        Assert.Equal("OTHER", With("PACSTOOLS_CALLING_AET", "OTHER", () => node.CallingAETitle));
        Assert.Equal("RIS_CONNECTOR", With("PACSTOOLS_CALLING_AET", "", () => node.CallingAETitle));
        Assert.Equal(0.25, With("PACSTOOLS_TIMEOUT_FIND", "0.25", () => PacsDefaults.FindTimeout).TotalSeconds);
        Assert.Equal(104, With("PACSTOOLS_SCP_PORT", "104", () => PacsDefaults.ScpPort));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("1,5")]
    [InlineData("NaN")]
    public void A_variable_that_makes_no_sense_is_named(string value)
    {
        var error = Assert.Throws<ArgumentException>(() => With("PACSTOOLS_TIMEOUT_ECHO", value, () => PacsDefaults.EchoTimeout));
        Assert.Contains("PACSTOOLS_TIMEOUT_ECHO", error.Message);
        Assert.Throws<ArgumentException>(() => With("PACSTOOLS_SCP_PORT", "1.5", () => PacsDefaults.ScpPort));
        Assert.Throws<ArgumentException>(() => With("PACSTOOLS_SCP_AET", "A\\B", () => PacsDefaults.ScpAETitle));
    }
}
