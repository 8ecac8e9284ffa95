using System.Text;
using PacsTools.Binding;

namespace PacsTools.Module.Tests.Binding;

/// <summary>Lines and bytes that become whole JSON texts.</summary>
public class JsonPiecesTests
{
    [Fact]
    public void Lines_are_put_together_until_every_bracket_is_closed()
    {
        var pieces = new JsonPieces();

        Assert.Null(pieces.AddLine("["));
        Assert.Null(pieces.AddLine("""  { "a": "]} \" ü" }"""));
        Assert.Equal("[\n  { \"a\": \"]} \\\" ü\" }\n]", Encoding.UTF8.GetString(pieces.AddLine("]")!));
        Assert.Null(pieces.AddLine(""));
        Assert.Null(pieces.Rest());
    }

    [Fact]
    public void Bytes_are_taken_one_by_one_and_give_the_same_texts()
    {
        var pieces = new JsonPieces();
        var texts = new List<string>();
        foreach (var one in "\uFEFF{\"a\":\"ü}\"}\r\n[1,2]\n"u8.ToArray())
        {
            if (pieces.Add([one]) is { } text) texts.Add(Encoding.UTF8.GetString(text));
        }

        Assert.Equal(["{\"a\":\"ü}\"}", "\r\n[1,2]"], texts);
        Assert.Null(pieces.Rest());
    }

    [Fact]
    public void What_is_cut_off_is_left_to_the_reader()
    {
        var pieces = new JsonPieces();

        Assert.Null(pieces.AddLine("{\"00100010\": ["));
        Assert.Equal("{\"00100010\": [", Encoding.UTF8.GetString(pieces.Rest()!));
        Assert.Null(pieces.Rest());
    }
}
