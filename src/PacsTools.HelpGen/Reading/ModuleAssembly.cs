using System.Reflection;
using System.Runtime.Loader;

namespace PacsTools.HelpGen.Reading;

/// <summary>
/// The module's assembly, loaded to be looked at: its code never runs. Attributes are read as data, because the library that stands in for PowerShell
/// at compile time gives attribute objects whose properties are empty.
/// </summary>
internal sealed class ModuleAssembly : IDisposable
{
    private readonly Context _context;
    private readonly Dictionary<string, Type> _cmdlets;

    public ModuleAssembly(string path, string references)
    {
        _context = new Context(Path.GetDirectoryName(Path.GetFullPath(path))!, references);
        _cmdlets = _context.LoadFromAssemblyPath(Path.GetFullPath(path)).GetTypes()
            .Where(t => !t.IsAbstract && Attributes.Of(t, "CmdletAttribute").Any())
            .ToDictionary(Name, StringComparer.OrdinalIgnoreCase);
    }

    public Type? Cmdlet(string name) => _cmdlets.GetValueOrDefault(name);

    public void Dispose() => _context.Unload();

    private static string Name(Type type)
    {
        var arguments = Attributes.Of(type, "CmdletAttribute").Single().ConstructorArguments;
        return $"{arguments[0].Value}-{arguments[1].Value}";
    }

    private sealed class Context(params string[] folders) : AssemblyLoadContext("help", isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var file = folders.Select(f => Path.Combine(f, assemblyName.Name + ".dll")).FirstOrDefault(File.Exists);
            return file is null ? null : LoadFromAssemblyPath(file);
        }
    }
}
