using System.Globalization;
using PacsTools.Benchmarks.Running;

namespace PacsTools.Benchmarks.Children;

/// <summary>What a role says of a job: figures by name.</summary>
internal sealed class Answer
{
    private readonly Dictionary<string, double> _figures = new(StringComparer.Ordinal);

    public Answer(params (string Name, double Value)[] figures)
    {
        foreach ((string name, double value) in figures)
            _figures[name] = value;
    }

    public double this[string name] => _figures[name];

    public int Port => (int)this["port"];

    public double Seconds => this["seconds"];

    /// <summary>What the process has used since its start.</summary>
    public ProcessUsage Usage => new(this["cpu"], (long)this["peak"], (long)this["allocated"]);

    public Answer With(string name, double value)
    {
        _figures[name] = value;
        return this;
    }

    public static Answer Parse(string line)
    {
        var answer = new Answer();
        foreach (string word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int at = word.IndexOf('=', StringComparison.Ordinal);
            answer.With(word[..at], double.Parse(word.AsSpan(at + 1), CultureInfo.InvariantCulture));
        }
        return answer;
    }

    public override string ToString() => string.Join(' ', _figures.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Key}={f.Value:R}")));
}
