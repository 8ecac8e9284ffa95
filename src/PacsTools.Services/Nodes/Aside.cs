namespace PacsTools.Services.Nodes;

/// <summary>Holds a value that is no part of what makes its owner equal to another.</summary>
internal readonly struct Aside<T>(T? value) : IEquatable<Aside<T>>
    where T : class
{
    public T? Value { get; } = value;

    public bool Equals(Aside<T> other) => true;

    public override bool Equals(object? obj) => obj is Aside<T>;

    public override int GetHashCode() => 0;
}
