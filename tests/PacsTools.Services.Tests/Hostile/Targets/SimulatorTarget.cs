using PacsTools.Dicom.Data;
using PacsTools.Services.Simulation;
using PacsTools.Services.Simulation.TestData;
using PacsTools.Services.Simulation.Web;
using PacsTools.Services.Tests.Storage;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Hostile;

/// <summary>A simulator with one study, by DIMSE and by DICOMweb.</summary>
public sealed class SimulatorTarget : DicomTarget
{
    internal const string Study = "1.2.3";
    internal const int MaxConnections = 8;

    private readonly PacsSimulator _simulator;
    private int _honest;

    public SimulatorTarget()
    {
        var study = new SyntheticStudyOptions { Rows = 4, Columns = 4, Instances = 3, StudyInstanceUID = Study, TransferSyntax = TransferSyntax.ImplicitVRLittleEndian };
        _ = SyntheticStudy.Save(study, Folder.Create("files")).Count();
        _simulator = PacsSimulator.Start(new PacsSimulatorOptions
        {
            Path = Folder["files"],
            MaxAssociations = MaxAssociations,
            DicomWeb = true,
            HttpLimits = HttpLimits.Default with { MaxConnections = MaxConnections },
            TimeProvider = Time,
            Log = Log,
        });
    }

    internal override int Port => _simulator.Port;

    internal override string AETitle => _simulator.AETitle;

    internal int WebPort => _simulator.DicomWebUri!.Port;

    internal int Instances => _simulator.Instances;

    internal override IReadOnlyList<string> Files() => Directory.GetFiles(_simulator.PrivateFolder);

    /// <summary>An association for these classes, on contexts 1, 3, 5 and so on.</summary>
    internal async Task<RawClient> ClientAsync(params string[] sopClasses)
    {
        var client = await RawClient.OpenAsync(Port, sopClasses);
        Track(client.Connection);
        return client;
    }

    internal override async Task ServeHonestAsync()
    {
        var instance = TestStudy.CreateOne(TestStudy.Tiny(1, 1000 + ++_honest));
        await Task.Run(() =>
        {
            using var client = StoreClient.Open(Port, [instance], AETitle);
            Assert.Equal((0, 0), (client.Echo(), client.Store(instance).Status));
        });
        await using (var client = await RawClient.OpenAsync(Port, DicomUids.StudyRootFind))
        {
            await client.SendAsync(RawCommand.CFindRq, DicomUids.StudyRootFind, new RawDataSet().Text(0x00080052, "CS", "STUDY").Text(0x0020000D, "UI", Study));
            Assert.Equal(["C-FIND-RSP FF00H", "C-FIND-RSP 0000H"], (await client.ReadAllAsync()).Select(m => Heard.Describe(m.Command)));
            await client.Connection.ReleaseAsync();
        }

        await using var web = await WebConnection.ConnectAsync(this);
        Assert.Equal("200", await web.AskAsync("GET /dicom-web/studies?limit=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
    }

    internal override IEnumerable<string> Remains() => Files().Where(f => !f.EndsWith(".dcm", StringComparison.Ordinal));

    public override void Dispose()
    {
        _simulator.Dispose();
        base.Dispose();
    }
}
