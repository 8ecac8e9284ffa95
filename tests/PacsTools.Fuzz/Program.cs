using PacsTools.Fuzz.Running;

namespace PacsTools.Fuzz;

/// <summary>By hand it fuzzes for as long as it is told; under <c>dotnet test</c> it is the host of the short form.</summary>
internal static class Program
{
    private static readonly string[] s_own = ["--minutes", "--total-minutes", "--replay", "--file"];

    private static int Main(string[] args)
    {
        if (args.Intersect(s_own).Any())
        {
            try
            {
                return new FuzzSession(FuzzOptions.Parse(args), Console.Out).Run();
            }
            catch (FormatException e)
            {
                Console.Error.WriteLine(e.Message);
                Console.Error.WriteLine(FuzzOptions.Usage);
                return 2;
            }
        }

        if (args is [] or ["--help"])
        {
            Console.WriteLine(FuzzOptions.Usage);
            return 2;
        }

        return args.Contains("--server") || args.Contains("--internal-msbuild-node")
            ? Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions).GetAwaiter().GetResult()
            : Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args).GetAwaiter().GetResult();
    }
}
