namespace PacsTools.HelpGen.Reading;

/// <summary>Names of types as PowerShell writes them.</summary>
internal static class TypeNames
{
    public static string Short(Type type) => type.IsArray ? Short(type.GetElementType()!) + "[]" : type.Name;

    public static string Full(Type type) => type.IsArray ? Full(type.GetElementType()!) + "[]" : type.FullName ?? type.Name;
}
