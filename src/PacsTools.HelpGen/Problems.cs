namespace PacsTools.HelpGen;

/// <summary>Something that is missing or wrong in the help: it breaks the build.</summary>
/// <param name="Place">The file or the member.</param>
/// <param name="Text">What is to be done.</param>
internal sealed record Problem(string Place, string Text);

/// <summary>Collects all that is wrong, so that one build tells all of it.</summary>
internal sealed class Problems
{
    private readonly List<Problem> _all = [];

    public IReadOnlyList<Problem> All => _all;

    public void Add(string place, string text)
    {
        // What classes share is read once for each of them.
        var problem = new Problem(place, text);
        if (!_all.Contains(problem)) _all.Add(problem);
    }
}
