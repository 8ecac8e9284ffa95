using PacsTools.Dicom.Data;
using PacsTools.Services.Simulation;
using PacsTools.Services.Simulation.TestData;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Simulation;

/// <summary>Five hundred studies of two hundred and fifty patients, in a dcmqrscp and in a simulator, started when first asked for and shared by the tests of a class.</summary>
public sealed class SameStudies : IAsyncDisposable
{
    public const int Count = 500;

    private static readonly string[] FamilyNames = ["DOE", "SMITH", "MILLER", "O'NEILL", "VAN DER BERG", "Li"];
    private static readonly string[] Descriptions = ["CT ABDOMEN", "MR BRAIN", "CHEST PA", "US THYROID", "REPORT (FINAL)"];
    private static readonly SyntheticModality[] Modalities = [SyntheticModality.CT, SyntheticModality.MR, SyntheticModality.CR, SyntheticModality.SC];

    private readonly Lazy<Task<Loaded>> _loaded = new(LoadAsync);

    internal Task<Loaded> Archives => _loaded.Value;

    public async ValueTask DisposeAsync()
    {
        if (!_loaded.IsValueCreated || !_loaded.Value.IsCompletedSuccessfully)
            return;
        Loaded loaded = await _loaded.Value;
        loaded.Simulator.Dispose();
        await loaded.Dcmqrscp.DisposeAsync();
        loaded.Folder.Dispose();
    }

    /// <summary>Study <paramref name="number"/>, 0 to 499.</summary>
    internal static SyntheticStudyOptions Study(int number)
    {
        int patient = number / 2;
        return new SyntheticStudyOptions
        {
            Seed = number,
            Modality = Modalities[number % Modalities.Length],
            Series = 1 + number % 2,
            Instances = 1 + number % 3 / 2,
            Rows = 4,
            Columns = 4,
            PatientName = $"{FamilyNames[patient % FamilyNames.Length]}^GIVEN{patient:000}",
            PatientID = $"P{patient:0000}",
            PatientBirthDate = new DateTime(1940, 1, 1).AddDays(patient * 100),
            PatientSex = patient % 3 == 0 ? "F" : "M",
            AccessionNumber = $"ACC{number:0000}",
            StudyDate = new DateTime(2023, 1, 1).AddDays(number),
            StudyTime = TimeSpan.FromMinutes(number * 2 % 1440) + TimeSpan.FromSeconds(number % 60),
            StudyDescription = Descriptions[number % Descriptions.Length],
            StudyID = $"{number}",
            ReferringPhysicianName = number % 7 == 0 ? "HOUSE^GREGORY" : "REFERRER^ANNE",
            StudyInstanceUID = $"1.2.826.0.1.3680043.9.7307.1.{number + 1}",
        };
    }

    private static async Task<Loaded> LoadAsync()
    {
        var folder = new TemporaryFolder("same-studies");
        DcmqrscpPeer dcmqrscp = await DcmqrscpPeer.StartAsync(new DcmqrscpOptions { NoDelay = true });
        string files = folder.Create("files");
        List<string> paths = [];
        for (int number = 0; number < Count; number++)
        {
            // Nothing an empty value tells apart is left out: every eleventh study has no accession number.
            SyntheticStudyOptions study = Study(number);
            paths.AddRange(SyntheticStudy.Save(number % 11 == 0 ? study with { AccessionNumber = "" } : study, files));
        }
        await dcmqrscp.IndexAsync(paths);
        PacsSimulator simulator = PacsSimulator.Start(new PacsSimulatorOptions { Path = files });
        return new Loaded(dcmqrscp, simulator, folder);
    }

    internal sealed record Loaded(DcmqrscpPeer Dcmqrscp, PacsSimulator Simulator, TemporaryFolder Folder)
    {
        public QueryAnswer AskDcmqrscp(string sopClass, DicomDataset identifier) => QueryClient.Find(Dcmqrscp.Port, Dcmqrscp.AETitle, sopClass, identifier);

        public QueryAnswer AskSimulator(string sopClass, DicomDataset identifier) => QueryClient.Find(Simulator.Port, Simulator.AETitle, sopClass, identifier);
    }
}
