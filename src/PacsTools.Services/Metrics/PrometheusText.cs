using System.Globalization;
using System.Text;

namespace PacsTools.Services.Metrics;

/// <summary>Prometheus' text exposition format, version 0.0.4.</summary>
internal static class PrometheusText
{
    /// <summary>Writes metrics that are ordered by name; lines end in a line feed, the last one too.</summary>
    public static string Write(IEnumerable<PacsMetric> metrics)
    {
        var text = new StringBuilder();
        string? name = null;
        foreach (var metric in metrics)
        {
            if (metric.Name != name)
            {
                name = metric.Name;
                text.Append("# HELP ").Append(name).Append(' ').Append(Escape(metric.Description, quotes: false)).Append('\n');
                text.Append("# TYPE ").Append(name).Append(' ').Append(metric.Type switch
                {
                    PacsMetricType.Counter => "counter",
                    PacsMetricType.Gauge => "gauge",
                    _ => "histogram",
                }).Append('\n');
            }

            Append(text, metric);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, PacsMetric metric)
    {
        if (metric.Type != PacsMetricType.Histogram)
        {
            Line(text, metric.Name, metric.Labels, metric.Value);
            return;
        }

        foreach (var bucket in metric.Buckets)
            Line(text, metric.Name + "_bucket", metric.Labels.Append(new("le", Number(bucket.UpperBound))), bucket.Count);
        Line(text, metric.Name + "_sum", metric.Labels, metric.Sum ?? 0);
        Line(text, metric.Name + "_count", metric.Labels, metric.Value);
    }

    private static void Line(StringBuilder text, string name, IEnumerable<KeyValuePair<string, string>> labels, double value)
    {
        text.Append(name);
        var separator = '{';
        foreach (var (label, content) in labels)
        {
            text.Append(separator).Append(label).Append("=\"").Append(Escape(content, quotes: true)).Append('"');
            separator = ',';
        }

        text.Append(separator == ',' ? "} " : " ").Append(Number(value)).Append('\n');
    }

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Escape(string text, bool quotes)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }
}
