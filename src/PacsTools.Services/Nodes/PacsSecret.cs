namespace PacsTools.Services.Nodes;

/// <summary>A password, passcode or token that travels with a node in memory only.</summary>
/// <remarks>
/// It has no public property and its text is a placeholder, so that neither a view nor Export-Clixml, ConvertTo-Json or a log can show it. Two secrets
/// are equal if what they hold is equal: nodes are compared by value, and an association of one user must not serve another.
/// </remarks>
public sealed class PacsSecret : IEquatable<PacsSecret>
{
    private readonly string _value;

    /// <summary>Keeps <paramref name="value"/>.</summary>
    public PacsSecret(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <inheritdoc/>
    public bool Equals(PacsSecret? other) => other is not null && string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PacsSecret);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode(StringComparison.Ordinal);

    /// <summary>A placeholder, never the secret.</summary>
    public override string ToString() => "(secret)";

    /// <summary>The secret itself, for the one place that sends it.</summary>
    internal string Reveal() => _value;
}
