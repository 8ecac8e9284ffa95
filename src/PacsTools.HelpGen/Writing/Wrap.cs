using System.Text;

namespace PacsTools.HelpGen.Writing;

/// <summary>Text in lines of at most 79 characters.</summary>
internal static class Wrap
{
    private const int Width = 79;

    public static void Into(StringBuilder text, string paragraph, string first, string rest)
    {
        text.Append(first);
        var column = first.Length;
        var isStart = true;
        foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isStart && column + 1 + word.Length > Width)
            {
                text.Append('\n').Append(rest);
                column = rest.Length;
                isStart = true;
            }

            if (!isStart) text.Append(' ');
            text.Append(word);
            column += word.Length + (isStart ? 0 : 1);
            isStart = false;
        }

        text.Append('\n');
    }
}
