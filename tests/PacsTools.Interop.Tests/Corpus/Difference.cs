using PacsTools.Dicom.Data;

namespace PacsTools.Interop.Tests.Corpus;

/// <summary>How two readings of an element can differ.</summary>
internal enum DifferenceKind
{
    /// <summary>DCMTK reads the file, we do not.</summary>
    Refused,

    /// <summary>Only DCMTK has the element.</summary>
    Missing,

    /// <summary>Only we have the element.</summary>
    Extra,

    /// <summary>The value representation is another.</summary>
    VR,

    /// <summary>The value is another.</summary>
    Value,
}

/// <summary>One thing in which the readings of a file differ.</summary>
/// <param name="Kind">What differs.</param>
/// <param name="Path">The element, such as <c>00400275/0/00400009</c>; empty for the file.</param>
/// <param name="Ours">What we read, as JSON, or why we refused it.</param>
/// <param name="Theirs">What DCMTK read, as JSON.</param>
internal sealed record Difference(DifferenceKind Kind, string Path, string Ours, string Theirs)
{
    public string Tag => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The element we read; null if there is none.</summary>
    public DicomElement? Element { get; init; }

    /// <summary>The transfer syntax we read it in; null if we did not.</summary>
    public string? TransferSyntaxUID { get; init; }

    /// <summary>What was tolerated in our reading.</summary>
    public IReadOnlyList<string> Tolerated { get; init; } = [];

    /// <summary>What DCMTK said while reading the file.</summary>
    public string Said { get; init; } = "";

    public override string ToString() => $"{Kind} {Path}: ours {Short(Ours)} theirs {Short(Theirs)}";

    private static string Short(string text) => text.Length <= 160 ? text : text[..160] + "…";
}
