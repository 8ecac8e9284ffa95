namespace PacsTools.Services.Storage;

/// <summary>What a layout made of one instance.</summary>
/// <param name="RelativePath">The place below the destination.</param>
/// <param name="Warnings">What a user should know about it; free of patient data.</param>
internal readonly record struct LayoutPath(string RelativePath, IReadOnlyList<string> Warnings);
