// The whole story without PowerShell: an archive with generated studies, is it there, what has it got, bring it here, prove it.
using System.Net;
using PacsTools.Dicom.Errors;
using PacsTools.Services;
using PacsTools.Services.Diagnosis;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Simulation;
using PacsTools.Services.Storage;

var log = NoJobLog.Instance;
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

// 1. An archive. Real ones are entered once: new PacsNode { HostName = "pacs", Port = 104, CalledAETitle = "MAIN" }.
using var simulator = PacsSimulator.Start(new PacsSimulatorOptions { TestData = true }, log, stop.Token);
Console.WriteLine($"Archive   {simulator}: {simulator.Studies} studies, {simulator.Instances} instances, generated just now");

// 2. C-ECHO.
await foreach (var echo in new EchoScu().EchoAsync(simulator.Node, cancellationToken: stop.Token))
    Console.WriteLine($"Echo      {(echo.Success ? $"answered in {echo.RoundtripTime:0.0} ms by {echo.ImplementationVersionName}" : echo.Error!.Message)}");

// 3. C-FIND: everybody called Doe, seen in 2024.
List<DicomStudy> studies = [];
var query = new StudyQuery { PatientName = "doe*", StudyDate = DicomDateRange.Parse("2024-01-01..2024-12-31") };
await foreach (var study in new QueryFinder().FindAsync(simulator.Node, query, log, stop.Token))
{
    studies.Add(study);
    Console.WriteLine($"Found     {study.PatientName,-10} {study.StudyDate:yyyy-MM-dd}  {string.Join('/', study.ModalitiesInStudy),-3} {study.StudyDescription}");
}

// 4. C-MOVE to the storage SCP of this process, which the archive knows already because it is in this process too.
var scp = StorageScpRegistry.Shared.Start(new StorageScpOptions { Port = 0, BindAddress = IPAddress.Loopback });
var destination = Directory.CreateTempSubdirectory("pacstools-quickstart-").FullName;
Console.WriteLine($"Receiving as {scp} into {destination} (a new folder each time; remove it when you have looked)\n");
Console.WriteLine($"{"Study",-46} {"Expected",8} {"Stored",7} {"Present",7} {"Missing",7} {"KiB",6}  Complete");
var complete = true;
foreach (var study in studies)
{
    var request = new RetrieveRequest { Node = simulator.Node, StudyInstanceUID = study.StudyInstanceUID!, Destination = destination };
    await using var run = new RetrieveCoordinator(AssociationPool.Shared).Start(request, log, stop.Token);
    var proof = await run.DrainAsync();
    complete &= proof.Complete;
    Console.WriteLine($"{proof.StudyInstanceUID,-46} {proof.Expected,8} {proof.Stored,7} {proof.Duplicate,7} {proof.Missing,7} {proof.Bytes / 1024,6}  {proof.Complete}");
    if (proof.Error is { } error)
        Console.WriteLine($"  {(error is DicomException or RetrieveException ? error.Message : error)}");
}

StorageScpRegistry.Shared.StopAll();
return complete ? 0 : 1;
