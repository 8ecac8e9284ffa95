using PacsTools.Interop.Tests.Copying;
using PacsTools.Interop.Tests.Corpus;
using PacsTools.Interop.Tests.Faults;
using PacsTools.Interop.Tests.Services;
using PacsTools.Interop.Tests.Soak;

namespace PacsTools.Interop.Tests;

/// <summary>The tests' own entry point, so that a test can start this program again as a receiver with a process, a memory and limits of its own.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is [ReceiverProcess.Argument, var folder])
            return ReceiverProcess.Serve(folder);
        if (args is [ReceiverProcess.FlushArgument, var flushed])
            return ReceiverProcess.Serve(flushed, flush: true);
        if (args is [ReceiverProcess.PendingArgument, var pending])
            return ReceiverProcess.Serve(pending, flush: true, pending: true);
        if (args is [CorpusOptions.Argument, .. var corpus])
            return CorpusTests.RunAsync(corpus).GetAwaiter().GetResult();
        if (args is [SoakOptions.Argument, .. var words])
            return SoakTests.RunAsync(words).GetAwaiter().GetResult();
        if (args is [ScheduleOptions.Argument, .. var schedules])
            return ScheduleTests.RunAsync(schedules).GetAwaiter().GetResult();
        if (args is [RegisteringProcess.Argument, var store, var prefix, var count])
            return RegisteringProcess.Register(store, prefix, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
        if (args is [CopyProcess.Argument, var source, var destination, var method, var scpPort, var spool, .. var studies])
            return CopyProcess.Run(source, destination, method, scpPort, spool, studies);
        if (args is [WadoProcess.Argument, var server, var first, var second, var received])
            return WadoProcess.Run(server, first, second, received);
        return args.Contains("--server") || args.Contains("--internal-msbuild-node")
            ? Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions).GetAwaiter().GetResult()
            : Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args).GetAwaiter().GetResult();
    }
}
