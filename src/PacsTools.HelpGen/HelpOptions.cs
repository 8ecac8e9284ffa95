namespace PacsTools.HelpGen;

/// <summary>Where everything is.</summary>
internal sealed record HelpOptions
{
    /// <summary>The compiled module assembly; the assemblies it needs and the XML documentation of all of them lie beside it.</summary>
    public required string Assembly { get; init; }

    /// <summary>The folder of the compile-time System.Management.Automation.dll.</summary>
    public required string References { get; init; }

    /// <summary>The manifest, which says what is exported.</summary>
    public required string Manifest { get; init; }

    /// <summary>The hand-written part: a file for each cmdlet, and Errors.md.</summary>
    public required string Help { get; init; }

    /// <summary>The folder of the module's sources, whose en-US holds the hand-written topics.</summary>
    public required string Module { get; init; }

    /// <summary>The folder for what PowerShell reads.</summary>
    public required string Out { get; init; }

    /// <summary>The folder for the Markdown pages; null for none.</summary>
    public string? Markdown { get; init; }

    public static HelpOptions? Parse(string[] arguments)
    {
        if (arguments.Length % 2 != 0) return null;
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Length; i += 2) given[arguments[i]] = arguments[i + 1];
        string[] needed = ["--assembly", "--references", "--manifest", "--help", "--module", "--out"];
        if (!needed.All(given.ContainsKey)) return null;
        return new HelpOptions
        {
            Assembly = given["--assembly"],
            References = given["--references"],
            Manifest = given["--manifest"],
            Help = given["--help"],
            Module = given["--module"],
            Out = given["--out"],
            Markdown = given.GetValueOrDefault("--markdown"),
        };
    }
}
