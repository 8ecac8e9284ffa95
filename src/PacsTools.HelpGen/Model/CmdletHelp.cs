namespace PacsTools.HelpGen.Model;

/// <summary>Everything the help of one cmdlet says.</summary>
internal sealed record CmdletHelp(string Name)
{
    public required string Synopsis { get; init; }

    public required IReadOnlyList<string> Description { get; init; }

    public required IReadOnlyList<ParameterHelp> Parameters { get; init; }

    public required IReadOnlyList<ParameterSet> Sets { get; init; }

    public required IReadOnlyList<TypeHelp> Inputs { get; init; }

    public required IReadOnlyList<TypeHelp> Outputs { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public required IReadOnlyList<ExampleHelp> Examples { get; init; }

    public required IReadOnlyList<string> Links { get; init; }

    /// <summary>The hand-written file, for whoever has to complete it.</summary>
    public required string File { get; init; }

    public string Verb => Name[..Name.IndexOf('-', StringComparison.Ordinal)];

    public string Noun => Name[(Name.IndexOf('-', StringComparison.Ordinal) + 1)..];
}

/// <summary>One way to call a cmdlet: the parameters in the order of the syntax.</summary>
internal sealed record ParameterSet(string? Name, bool IsDefault, IReadOnlyList<ParameterHelp> Parameters);

/// <summary>An example that runs.</summary>
internal sealed record ExampleHelp(string Title, string Code, IReadOnlyList<string> Remarks);

/// <summary>A type that comes in or out.</summary>
/// <param name="Name">Its full name, or None.</param>
/// <param name="Text">What it is.</param>
/// <param name="Properties">Its properties; only of the module's own types.</param>
internal sealed record TypeHelp(string Name, IReadOnlyList<string> Text, IReadOnlyList<(string Name, string Text)> Properties)
{
    public string ShortName => Name[(Name.LastIndexOf('.') + 1)..];
}
