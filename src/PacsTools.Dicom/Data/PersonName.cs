namespace PacsTools.Dicom.Data;

/// <summary>
/// A person name (PN, PS3.5 6.2): up to three component groups (alphabetic, ideographic, phonetic), each of up to five
/// components.
/// </summary>
public sealed class PersonName : IEquatable<PersonName>
{
    private readonly string[] _alphabetic;

    private PersonName(string alphabetic, string ideographic, string phonetic)
    {
        Alphabetic = alphabetic;
        Ideographic = ideographic;
        Phonetic = phonetic;
        _alphabetic = alphabetic.Split('^');
    }

    /// <summary>The first component group as in DICOM, such as <c>DOE^JANE</c>; empty if absent.</summary>
    public string Alphabetic { get; }

    /// <summary>The second component group, in ideographs; empty if absent.</summary>
    public string Ideographic { get; }

    /// <summary>The third component group, phonetic; empty if absent.</summary>
    public string Phonetic { get; }

    /// <summary>Family name complex of the alphabetic group.</summary>
    public string FamilyName => Component(0);

    /// <summary>Given name complex of the alphabetic group.</summary>
    public string GivenName => Component(1);

    /// <summary>Middle name of the alphabetic group.</summary>
    public string MiddleName => Component(2);

    /// <summary>Name prefix of the alphabetic group.</summary>
    public string NamePrefix => Component(3);

    /// <summary>Name suffix of the alphabetic group.</summary>
    public string NameSuffix => Component(4);

    /// <summary>Reads one value of a PN element. Any text is taken: what is no component group is family name.</summary>
    public static PersonName Parse(string text)
    {
        // A fourth group does not exist; what archives put there stays with the third.
        string[] groups = text.Split('=', 3);
        return new PersonName(Tidy(groups[0]), groups.Length > 1 ? Tidy(groups[1]) : "", groups.Length > 2 ? Tidy(groups[2].TrimEnd(' ', '=')) : "");
    }

    /// <summary>The name as in DICOM, without empty trailing groups and components.</summary>
    public override string ToString() => $"{Alphabetic}={Ideographic}={Phonetic}".TrimEnd('=');

    /// <inheritdoc/>
    public bool Equals(PersonName? other) =>
        other is not null && Alphabetic == other.Alphabetic && Ideographic == other.Ideographic && Phonetic == other.Phonetic;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PersonName);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Alphabetic, Ideographic, Phonetic);

    // PS3.5 6.2.1.1: trailing null components and their delimiters say nothing.
    private static string Tidy(string group) => group.TrimEnd(' ', '^');

    private string Component(int index) => index < _alphabetic.Length ? _alphabetic[index].Trim() : "";
}
