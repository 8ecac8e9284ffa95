using System.Collections;
using PacsTools.Binding;
using PacsTools.Pipeline;
using PacsTools.Services.Nodes;

namespace PacsTools.Module.Tests.Binding;

/// <summary>What -Node takes, as far as it needs no PowerShell; objects and the pipeline are tried in the Pester tests.</summary>
public class NodeBinderTests
{
    [Theory]
    [InlineData("MAIN@pacs.example:11112", "MAIN", "pacs.example", 11112)]
    [InlineData(" MAIN@pacs.example:11112 ", "MAIN", "pacs.example", 11112)]
    [InlineData("MAIN@pacs.example", "MAIN", "pacs.example", 104)]
    [InlineData("10.0.0.5:4242", "ANY-SCP", "10.0.0.5", 4242)]
    [InlineData("A@[::1]:104", "A", "::1", 104)]
    public void Text_is_read(string text, string aeTitle, string host, int port)
    {
        var node = NodeBinder.Bind(text);

        Assert.Equal((aeTitle, host, port), (node.CalledAETitle, node.HostName, node.Port));
    }

    [Fact]
    public void A_node_is_taken_as_it_is()
    {
        var node = new PacsNode { HostName = "h" };

        Assert.Same(node, NodeBinder.Bind(node));
    }

    [Fact]
    public void A_hashtable_may_use_the_names_of_the_parameters()
    {
        var node = NodeBinder.Bind(new Hashtable { ["ipaddress"] = "h", ["Port"] = "4242", ["RemoteAETitle"] = "A", ["LocalAETitle"] = "B" });

        Assert.Equal(("A@h:4242", "B"), (node.Address, node.CallingAETitle));
    }

    [Fact]
    public void A_hashtable_may_hold_everything_that_reaches_a_node()
    {
        var node = NodeBinder.Bind(new Hashtable
        {
            ["HostName"] = "h", ["ScpAETitle"] = "SCP", ["ScpPort"] = 11114, ["QueryModel"] = "patient", ["Timeout"] = TimeSpan.FromSeconds(5), ["Name"] = "main",
        });

        Assert.Equal(("SCP", 11114, QueryModel.Patient, TimeSpan.FromSeconds(5), "main"), (node.ScpAETitle, node.ScpPort, node.QueryModel, node.Timeout, node.Name));
    }

    [Theory]
    [InlineData("Timeout", 30)]
    [InlineData("Timeout", 30.0)]
    [InlineData("timeoutseconds", "30")]
    [InlineData("Timeout", "00:00:30")]
    public void A_number_for_the_timeout_is_seconds(string name, object value) =>
        Assert.Equal(TimeSpan.FromSeconds(30), NodeBinder.Bind(new Hashtable { ["HostName"] = "h", [name] = value }).Timeout);

    [Theory]
    [InlineData("Timeout", "soon")]
    [InlineData("Timeout", "Infinity")]
    [InlineData("Timeout", "-Infinity")]
    [InlineData("Timeout", "30.00:00:00")]
    [InlineData("QueryModel", "Patint")]
    [InlineData("QueryModel", "7")]
    public void What_was_given_and_is_none_is_refused(string name, string value) =>
        Assert.Contains(value, Assert.Throws<FormatException>(() => NodeBinder.Bind(new Hashtable { ["HostName"] = "h", [name] = value })).Message);

    [Theory]
    [InlineData("Port")]
    [InlineData("ScpPort")]
    public void A_port_that_is_none_is_told_in_words_alone(string name)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => NodeBinder.Bind(new Hashtable { ["HostName"] = "h", [name] = 99999 }));

        Assert.Equal("Port 99999 is not in 1 to 65535.", ErrorText.Of(error));
    }

    [Fact]
    public void The_Node_of_an_object_wins_over_its_other_members() =>
        Assert.Equal("A@h:104", NodeBinder.Bind(new Hashtable { ["Node"] = "A@h:104", ["HostName"] = "other" }).Address);

    [Fact]
    public void An_empty_cell_says_nothing() =>
        Assert.Equal("ANY-SCP@h:104", NodeBinder.Bind(new Hashtable { ["HostName"] = "h", ["Port"] = "", ["CalledAETitle"] = null }).Address);

    [Fact]
    public void One_node_in_a_list_is_a_node() => Assert.Equal("A@h:104", NodeBinder.Bind(new object[] { "A@h:104" }).Address);

    [Theory]
    [InlineData("main")]
    [InlineData("")]
    [InlineData("A@h:99999")]
    public void Other_text_is_refused_with_what_to_write(string text) => Assert.Throws<FormatException>(() => NodeBinder.Bind(text));

    [Fact]
    public void Several_nodes_are_refused()
    {
        var error = Assert.Throws<FormatException>(() => NodeBinder.Bind(new object[] { "a:1", "b:1" }));

        Assert.Contains("pipe", error.Message);
    }

    [Fact]
    public void A_node_that_holds_itself_is_refused()
    {
        var loop = new Hashtable();
        loop["Node"] = new Hashtable { ["Node"] = new Hashtable { ["Node"] = new Hashtable { ["Node"] = new Hashtable { ["Node"] = loop } } } };

        Assert.Throws<FormatException>(() => NodeBinder.Bind(loop));
    }

    [Fact]
    public void Null_and_a_table_without_a_host_are_refused()
    {
        Assert.Throws<FormatException>(() => NodeBinder.Bind(null));
        Assert.Throws<FormatException>(() => NodeBinder.Bind(new Hashtable { ["Port"] = 104 }));
        Assert.Throws<FormatException>(() => NodeBinder.Bind(new Hashtable { ["HostName"] = "h", ["Port"] = "dicom" }));
    }
}
