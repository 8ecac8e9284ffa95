using System.Net;
using PacsTools.Services.Storage;
using PacsTools.Services.Tests.Storage;
using PacsTools.TestKit.Data;

namespace PacsTools.Services.Tests.Hostile;

/// <summary>A Storage SCP that takes whatever it is sent.</summary>
public sealed class ScpTarget : DicomTarget
{
    private readonly StorageScp _scp;
    private int _honest;

    public ScpTarget()
    {
        _scp = StorageScp.Start(new StorageScpOptions
        {
            AETitle = AETitle,
            Port = 0,
            BindAddress = IPAddress.Loopback,
            Accept = StorageScpAccept.Any,
            Path = In,
            IfExists = IfExists.Overwrite,
            MaxAssociations = MaxAssociations,
            TimeProvider = Time,
        });
        _scp.AttachLog(Log);
    }

    internal override int Port => _scp.Port;

    internal override string AETitle => "STORE_SCP";

    internal string In => Folder["in"];

    internal StorageScp Scp => _scp;

    internal override IReadOnlyList<string> Files() => [.. Directory.EnumerateFiles(In, "*", SearchOption.AllDirectories)];

    internal override async Task ServeHonestAsync()
    {
        var instance = TestStudy.CreateOne(TestStudy.Tiny(1, ++_honest));
        await Task.Run(() =>
        {
            using var client = StoreClient.Open(Port, instance);
            Assert.Equal((0, 0), (client.Echo(), client.Store(instance).Status));
        });
        var path = Path.Combine(In, instance.StudyInstanceUID, instance.SeriesInstanceUID, instance.SOPInstanceUID + ".dcm");
        Assert.Equal(instance.DataSet, TestInstance.DataSetOf(path));
    }

    internal override IEnumerable<string> Remains()
    {
        if (_scp.Associations > 0)
            yield return $"{_scp.Associations} associations";
        foreach (var file in Files().Where(f => !f.EndsWith(".dcm", StringComparison.Ordinal)))
            yield return file;
        // What got out of the folder would lie beside it.
        foreach (var beside in Directory.GetFileSystemEntries(Folder.Path).Where(e => e != In))
            yield return beside;
    }

    public override void Dispose()
    {
        _scp.Stop();
        base.Dispose();
    }
}
