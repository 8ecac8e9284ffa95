using System.Text;
using PacsTools.HelpGen.Model;

namespace PacsTools.HelpGen.Writing;

/// <summary>A parameter set in the notation of Get-Command -Syntax, in lines of bearable length.</summary>
internal static class SyntaxText
{
    private const int Width = 118;

    public static string Of(CmdletHelp cmdlet, ParameterSet set)
    {
        var text = new StringBuilder(cmdlet.Name);
        var column = text.Length;
        foreach (var part in set.Parameters.Select(p => Part(p, p.In(set.Name)!)).Append("[<CommonParameters>]"))
        {
            if (column + part.Length + 1 > Width)
            {
                text.Append("\n   ");
                column = 3;
            }

            text.Append(' ').Append(part);
            column += part.Length + 1;
        }

        return text.ToString();
    }

    private static string Part(ParameterHelp parameter, ParameterBinding binding)
    {
        var name = binding.Position is null ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
        var value = parameter.IsSwitch ? name : $"{name} <{parameter.TypeName}>";
        return binding.IsMandatory ? value : $"[{value}]";
    }
}
