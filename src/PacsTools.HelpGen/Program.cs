namespace PacsTools.HelpGen;

internal static class Program
{
    private const string Usage = "PacsTools.HelpGen --assembly <PacsTools.dll> --references <folder of System.Management.Automation.dll> --module <folder> --help <folder> --manifest <psd1> "
        + "--out <folder for en-US> [--markdown <folder>]";

    private static int Main(string[] arguments)
    {
        if (HelpOptions.Parse(arguments) is not { } options)
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        var problems = HelpBuild.Run(options);
        // The form MSBuild shows as an error of the build.
        foreach (var problem in problems) Console.WriteLine($"{problem.Place} : error HELP001: {problem.Text}");
        return problems.Count == 0 ? 0 : 1;
    }
}
