using System.Text;

namespace PacsTools.Benchmarks.Running;

/// <summary>Results as a table in Markdown.</summary>
internal static class ResultTable
{
    public static string ToMarkdown(IReadOnlyList<BarResult> results)
    {
        var text = new StringBuilder();
        text.AppendLine("| bar | what | ours | theirs | bound | median (least–most) | CPU s, ours / theirs | peak MiB, ours / theirs | mark |");
        text.AppendLine("|---:|---|---:|---:|---:|---:|---:|---:|---|");
        foreach (BarResult r in results)
        {
            string value = r.Value is { } v ? $"{Figure.Short(v.Median)} ({v.Range})" : "";
            text.AppendLine($"| {r.Bar.Number} | {r.Bar.Text} | {r.Ours} | {r.Theirs} | {r.Bar.BoundText} | {value} | {r.Cpu} | {r.Memory} | {r.Mark} |");
        }
        return text.ToString();
    }
}
