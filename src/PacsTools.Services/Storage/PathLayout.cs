using System.Text;
using PacsTools.Dicom.Data;

namespace PacsTools.Services.Storage;

/// <summary>
/// A pattern for the place of a received instance, such as <c>{PatientID}/{StudyDate:yyyy}/{SOPInstanceUID}.dcm</c>. Immutable and
/// safe to share. The values come from peers: each is made harmless on its own, and the pattern alone decides about folders.
/// </summary>
internal sealed class PathLayout
{
    public const string DefaultPattern = "{StudyInstanceUID}/{SeriesInstanceUID}/{SOPInstanceUID}.dcm";

    /// <summary>One flat folder; for temporary storage, where the folder is the operation's own.</summary>
    public const string FlatPattern = "{SOPInstanceUID}.dcm";

    public static readonly PathLayout Default = Parse(DefaultPattern);

    public static readonly PathLayout Flat = Parse(FlatPattern);

    private readonly LayoutPart[][] _segments;

    private PathLayout(string pattern, LayoutPart[][] segments)
    {
        Pattern = pattern;
        _segments = segments;
        WantedTags = [.. segments.SelectMany(s => s).Where(p => p.Tag is not null).Select(p => p.Tag!.Value).Distinct()];
    }

    /// <summary>The pattern as it was given.</summary>
    public string Pattern { get; }

    /// <summary>The attributes the pattern needs, so that no more of a header is read than that.</summary>
    public IReadOnlyList<DicomTag> WantedTags { get; }

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="ArgumentException">The pattern is not one; the message says what is wrong and where.</exception>
    public static PathLayout Parse(string pattern) => new(pattern, PathLayoutParser.Parse(pattern));

    /// <summary>The place of an instance below the destination, with the platform's separators. Never empty, absolute or upward.</summary>
    /// <param name="value">Gives the value of an attribute; null or empty if the instance has none.</param>
    public LayoutPath Resolve(Func<DicomTag, string?> value)
    {
        var path = new StringBuilder(200);
        List<string>? warnings = null;
        var name = new StringBuilder(80);
        foreach (var segment in _segments)
        {
            name.Clear();
            foreach (var part in segment)
                name.Append(part.Render(value, ref warnings));
            if (path.Length > 0)
                path.Append(Path.DirectorySeparatorChar);
            path.Append(SafeFileName.Finish(name.ToString()));
        }

        return new LayoutPath(path.ToString(), warnings ?? (IReadOnlyList<string>)[]);
    }

    /// <inheritdoc/>
    public override string ToString() => Pattern;
}
