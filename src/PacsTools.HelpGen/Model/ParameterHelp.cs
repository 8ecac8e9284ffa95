namespace PacsTools.HelpGen.Model;

/// <summary>What the help says of a parameter.</summary>
internal sealed record ParameterHelp(string Name)
{
    public required string TypeName { get; init; }

    public required string TypeFullName { get; init; }

    public required IReadOnlyList<string> Description { get; init; }

    /// <summary>What holds if it is not given; null if it must be given.</summary>
    public required string? Default { get; init; }

    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>Its values if they are few: an enumeration or a ValidateSet.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    public bool Wildcards { get; init; }

    /// <summary>What holds in each set; the name is null for all sets.</summary>
    public required IReadOnlyList<ParameterBinding> Bindings { get; init; }

    public bool IsSwitch => TypeName == "SwitchParameter";

    public bool IsArray => TypeName.EndsWith("[]", StringComparison.Ordinal);

    /// <summary>Mandatory wherever it can be given at all.</summary>
    public bool IsMandatory => Bindings.All(b => b.IsMandatory);

    public int? Position => Bindings.Select(b => b.Position).FirstOrDefault(p => p is not null);

    public bool ByValue => Bindings.Any(b => b.ByValue);

    public bool ByPropertyName => Bindings.Any(b => b.ByPropertyName);

    public ParameterBinding? In(string? set) => Bindings.FirstOrDefault(b => b.Set is null || b.Set == set);

    /// <summary>In the words of Get-Help.</summary>
    public string Pipeline => (ByValue, ByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };
}

/// <summary>How a parameter binds in one parameter set.</summary>
internal sealed record ParameterBinding(string? Set, bool IsMandatory, int? Position, bool ByValue, bool ByPropertyName);
