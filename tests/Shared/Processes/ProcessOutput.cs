namespace PacsTools.TestKit.Processes;

/// <summary>What a process wrote, line by line, with the oldest lines dropped beyond a bound.</summary>
public sealed class ProcessOutput
{
    private const int MaxLines = 200_000;
    private readonly object _gate = new();
    private readonly Queue<(string Text, bool IsError)> _lines = new();
    private readonly List<(Func<string, bool> Wanted, TaskCompletionSource<string> Found)> _waiters = [];

    /// <summary>Every line, of both streams, in the order of arrival.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
                return [.. _lines.Select(l => l.Text)];
        }
    }

    /// <summary>The lines of standard output alone.</summary>
    public string StandardOutput
    {
        get
        {
            lock (_gate)
                return string.Join('\n', _lines.Where(l => !l.IsError).Select(l => l.Text));
        }
    }

    /// <summary>Number of lines seen so far that match.</summary>
    public int Count(Func<string, bool> wanted) => Lines.Count(wanted);

    /// <summary>The first matching line, already seen or still to come; throws <see cref="TimeoutException"/> with the output when the bound has passed.</summary>
    public async Task<string> WaitForLineAsync(Func<string, bool> wanted, TimeSpan bound)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            foreach ((string text, _) in _lines)
            {
                if (wanted(text))
                    return text;
            }
            _waiters.Add((wanted, found));
        }
        try
        {
            return await found.Task.WaitAsync(bound).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The expected line did not come within {bound.TotalSeconds:0.#} s. Output:\n{this}");
        }
        finally
        {
            lock (_gate)
                _waiters.RemoveAll(w => w.Found == found);
        }
    }

    /// <summary>The last hundred lines, for failure messages.</summary>
    public override string ToString()
    {
        lock (_gate)
            return string.Join('\n', _lines.Skip(Math.Max(0, _lines.Count - 100)).Select(l => l.Text));
    }

    internal void Add(string? line, bool isError)
    {
        if (line is null)
            return;
        lock (_gate)
        {
            _lines.Enqueue((line, isError));
            if (_lines.Count > MaxLines)
                _lines.Dequeue();
            foreach ((Func<string, bool> wanted, TaskCompletionSource<string> found) in _waiters)
            {
                if (wanted(line))
                    found.TrySetResult(line);
            }
        }
    }
}
