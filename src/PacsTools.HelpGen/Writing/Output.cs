namespace PacsTools.HelpGen.Writing;

/// <summary>Files that are written only if they change, so that nothing downstream is done again for nothing.</summary>
internal static class Output
{
    public static void Write(string path, string text)
    {
        if (!File.Exists(path) || File.ReadAllText(path) != text) File.WriteAllText(path, text);
    }
}
