using System.Diagnostics;
using System.Globalization;
using System.Net;
using PacsTools.Benchmarks.Children;
using PacsTools.Services;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;

namespace PacsTools.Benchmarks.Roles;

/// <summary>The product's retrieves. Jobs: start (opens the storage port); fetch, method, port, AE title, web address or -, study, folder, patient or - to find the study first; a method that ends with a point asks nobody what there should be.</summary>
internal sealed class RetrieveRole : IRole
{
    public const string AETitle = "BENCH_MOVE";
    private readonly StorageScpRegistry _registry = new();
    private StorageScp? _scp;

    public async Task<Answer> DoAsync(string[] words)
    {
        _scp ??= _registry.Start(new StorageScpOptions { AETitle = AETitle, Port = 0, BindAddress = IPAddress.Loopback });
        return words[0] == "start" ? new Answer(("port", _scp.Port)) : await FetchAsync(words);
    }

    private async Task<Answer> FetchAsync(string[] words)
    {
        PacsNode node = new()
        {
            HostName = "127.0.0.1",
            Port = int.Parse(words[2], CultureInfo.InvariantCulture),
            CalledAETitle = words[3],
            DicomWebUri = words[4] == "-" ? null : new Uri(words[4]),
        };
        long start = Stopwatch.GetTimestamp();
        if (words[7] != "-")
        {
            await foreach (DicomStudy found in new QueryFinder().FindAsync(node, new StudyQuery { PatientID = words[7] }, NoJobLog.Instance))
                _ = found;
        }
        var request = new RetrieveRequest
        {
            Node = node,
            StudyInstanceUID = words[5],
            Destination = words[6],
            Method = Enum.Parse<RetrieveMethod>(words[1].TrimEnd('.')),
            NoVerify = words[1].EndsWith('.'),
            Scp = new StorageScpChoice(_scp),
            Retry = new RetryPolicy(retries: 0),
        };
        double first = 0;
        await using RetrieveRun run = new RetrieveCoordinator(AssociationPool.Shared, _registry).Start(request, NoJobLog.Instance, CancellationToken.None);
        DicomRetrieveReport report = await run.DrainAsync(_ => first = first == 0 ? Stopwatch.GetElapsedTime(start).TotalSeconds : first);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return report.Complete || (request.NoVerify && report is { Failed: 0, Error: null })
            ? new Answer(("seconds", seconds), ("first", first), ("count", report.Stored ?? 0))
            : throw new InvalidOperationException($"The retrieve is not complete: {report.Stored} stored, {report.Missing} missing. {report.Error?.Message}");
    }
}
