using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace PacsTools.HelpGen.Reading;

/// <summary>Documentation comments as plain paragraphs.</summary>
internal static partial class DocText
{
    public static IReadOnlyList<string> Paragraphs(XElement element)
    {
        var texts = new List<StringBuilder> { new() };
        Collect(element, texts);
        return [.. texts.Select(t => Spaces().Replace(t.ToString(), " ").Trim()).Where(t => t.Length > 0)];
    }

    /// <summary>The first sentence of a text, and what follows it.</summary>
    public static (string First, string After) Split(string text)
    {
        var end = SentenceEnd().Match(text);
        return end.Success ? (text[..(end.Index + 1)], text[(end.Index + end.Length)..]) : (text, "");
    }

    private static void Collect(XElement element, List<StringBuilder> texts)
    {
        foreach (var node in element.Nodes())
        {
            switch (node)
            {
                case XText text:
                    texts[^1].Append(text.Value);
                    break;
                case XElement { Name.LocalName: "para" } para:
                    texts.Add(new());
                    Collect(para, texts);
                    texts.Add(new());
                    break;
                case XElement child:
                    texts[^1].Append(Named(child) is { } name ? name : "");
                    Collect(child, texts);
                    break;
            }
        }
    }

    // <see cref="P:A.B.C"/> is called C; an element with words of its own keeps them.
    private static string? Named(XElement element)
    {
        if (!element.IsEmpty) return null;
        var name = (element.Attribute("cref") ?? element.Attribute("langword") ?? element.Attribute("name"))?.Value;
        if (name is null) return null;
        var parameters = name.IndexOf('(', StringComparison.Ordinal);
        if (parameters >= 0) name = name[..parameters];
        return name[(name.LastIndexOfAny(['.', ':']) + 1)..];
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\.\s+(?=[A-Z-])")]
    private static partial Regex SentenceEnd();
}
