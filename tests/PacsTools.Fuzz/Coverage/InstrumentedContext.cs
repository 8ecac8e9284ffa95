using System.Reflection;
using System.Runtime.Loader;

namespace PacsTools.Fuzz.Coverage;

/// <summary>
/// Loads this program once more, against instrumented copies of the code under test. Statics begin anew in each context, so that what a run does
/// depends on its seed alone and not on what ran before in the process.
/// </summary>
internal sealed class InstrumentedContext : AssemblyLoadContext
{
    private static readonly string[] s_underTest = ["PacsTools.Dicom", "PacsTools.Services"];
    private static readonly string[] s_ours = ["PacsTools.Fuzz", "PacsTools.TestKit"];

    private static readonly Lazy<InstrumentedAssembly[]> s_rewritten = new(() =>
        [.. s_underTest.Select(name => Instrumenter.Rewrite(Path.Combine(AppContext.BaseDirectory, name + ".dll")))]);

    /// <summary>The methods of all blocks: by assembly, in the order of their counters.</summary>
    internal static string[][] Blocks => [.. s_rewritten.Value.Select(assembly => assembly.Blocks)];

    internal static IReadOnlyList<string> AssembliesUnderTest => s_underTest;

    /// <summary>Calls a static method of this program in here.</summary>
    internal object? Invoke(Type type, string method, params object?[] arguments)
    {
        MethodInfo inside = LoadFromAssemblyName(type.Assembly.GetName()).GetType(type.FullName!, throwOnError: true)!
            .GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!;
        return inside.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (s_rewritten.Value.FirstOrDefault(assembly => assembly.Name == assemblyName.Name) is { } rewritten)
        {
            using var image = new MemoryStream(rewritten.Image);
            using MemoryStream? symbols = rewritten.Symbols is { } bytes ? new MemoryStream(bytes) : null;
            return LoadFromStream(image, symbols);
        }

        return s_ours.Contains(assemblyName.Name) ? LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll")) : null;
    }
}
