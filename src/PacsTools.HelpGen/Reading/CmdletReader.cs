using System.Reflection;
using PacsTools.HelpGen.Model;

namespace PacsTools.HelpGen.Reading;

/// <summary>Puts together what the class, its comments and its hand-written file say of a cmdlet.</summary>
internal sealed class CmdletReader(XmlDocs docs, Problems problems)
{
    private readonly ParameterReader _parameters = new(docs, problems);

    public CmdletHelp Read(string name, Type type, HelpFile written)
    {
        var summary = docs.Summary(type);
        if (summary.Count == 0) problems.Add(type.FullName!, $"{name} has no summary.");
        var (synopsis, rest) = DocText.Split(summary.FirstOrDefault() ?? "");
        var parameters = _parameters.Read(type);
        return new CmdletHelp(name)
        {
            File = written.Path,
            Synopsis = synopsis,
            Description = [.. new[] { rest }.Where(r => r.Length > 0), .. summary.Skip(1), .. docs.Remarks(type), .. written.Description],
            Parameters = parameters,
            Sets = Sets(type, parameters),
            Inputs = Inputs(parameters),
            Outputs = Outputs(name, type, written),
            Notes = written.Notes,
            Examples = written.Examples,
            Links = written.Links,
        };
    }

    private static IReadOnlyList<ParameterSet> Sets(Type type, IReadOnlyList<ParameterHelp> parameters)
    {
        var standard = Attributes.Named(Attributes.First(type, "CmdletAttribute")!, "DefaultParameterSetName") as string;
        string?[] names = [.. parameters.SelectMany(p => p.Bindings).Select(b => b.Set).OfType<string>().Distinct()];
        if (names.Length == 0) names = [null];
        return [.. names.OrderBy(n => n != standard).Select(n => new ParameterSet(n, n == standard, InOrder(parameters, n)))];
    }

    // The order of Get-Command -Syntax: by position, then what must be given, then as declared.
    private static IReadOnlyList<ParameterHelp> InOrder(IEnumerable<ParameterHelp> parameters, string? set) =>
    [
        .. parameters.Where(p => p.In(set) is not null)
            .OrderBy(p => p.In(set)!.Position ?? int.MaxValue)
            .ThenBy(p => !p.In(set)!.IsMandatory),
    ];

    private static IReadOnlyList<TypeHelp> Inputs(IReadOnlyList<ParameterHelp> parameters)
    {
        List<TypeHelp> inputs =
        [
            .. parameters.Where(p => p.ByValue).Select(p => new TypeHelp(p.TypeFullName, [$"-{p.Name} takes it from the pipeline. {p.Description[0]}"], [])),
        ];
        var named = parameters.Where(p => p.ByPropertyName).Select(p => p.Aliases.Count == 0 ? p.Name : $"{p.Name} ({string.Join(", ", p.Aliases)})").ToList();
        if (named.Count > 0)
            inputs.Add(new TypeHelp("System.Management.Automation.PSObject", [$"Any object with properties of these names, each for the parameter of its name: {string.Join(", ", named)}."], []));
        if (inputs.Count == 0) inputs.Add(new TypeHelp("None", ["This cmdlet takes nothing from the pipeline."], []));
        return inputs;
    }

    private IReadOnlyList<TypeHelp> Outputs(string name, Type type, HelpFile written)
    {
        var types = Attributes.Of(type, "OutputTypeAttribute").SelectMany(Attributes.List).OfType<Type>().ToList();
        if (types.Count == 0)
        {
            if (written.Outputs.TryGetValue("None", out var nothing)) return [new TypeHelp("None", nothing, [])];
            problems.Add(written.Path, $"{name} has no OutputType: give it one, or say under OUTPUTS, ### None, that it emits nothing.");
            return [];
        }

        return [.. types.Select(t => Output(name, t, written))];
    }

    private TypeHelp Output(string name, Type type, HelpFile written)
    {
        if (written.Outputs.TryGetValue(type.FullName!, out var text)) return new TypeHelp(type.FullName!, text, []);
        var summary = docs.Summary(type);
        if (summary.Count == 0) problems.Add(written.Path, $"{name} emits {type.FullName}, of which neither XML comments nor the section OUTPUTS (### {type.FullName}) say what it is.");
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetIndexParameters().Length == 0)
            .Select(p => (p.Name, Text: docs.Summary(p) is [var first, ..] ? first : ""))
            .Where(p => p.Text.Length > 0);
        return new TypeHelp(type.FullName!, [string.Join(' ', summary)], [.. properties]);
    }
}
