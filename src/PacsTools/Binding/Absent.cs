namespace PacsTools.Binding;

/// <summary>
/// What a parameter holds before anything is bound to it. PowerShell puts it back between input objects; null would not do, because
/// an input object whose property is null binds just that, and must not pass for one that has no such property.
/// </summary>
internal static class Absent
{
    public static readonly string Text = new(' ', 1);

    public static readonly string[] List = new string[0];

    public static bool Is(object? value) => ReferenceEquals(value, Text) || ReferenceEquals(value, List);
}
