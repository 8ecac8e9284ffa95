using PacsTools.Interop.Tests.Services;
using PacsTools.Services.Storage;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Receiving;

/// <summary>CT images of 512 by 512 from storescu, as Debian ships it and without Nagle's algorithm: a thousand with PACSTOOLS_LONG=1.</summary>
public sealed class StorescuTests
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("PACSTOOLS_LONG") == "1";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ct_images_come_as_they_were_sent(bool noDelay)
    {
        Requirement.Dcmtk();
        Requirement.Dicom3Tools();
        using var folder = new TemporaryFolder("storescu");
        var study = new TestStudyOptions { Instances = IsLong ? 1000 : 20 };
        TestStudy.Save(study, folder.Create("sent"));
        var registry = new StorageScpRegistry();
        StorageScp scp = registry.Start(new StorageScpOptions { Port = 0, BindAddress = System.Net.IPAddress.Loopback, Accept = StorageScpAccept.Any, Path = folder["received"] });
        try
        {
            long start = System.Diagnostics.Stopwatch.GetTimestamp();
            (await Dcmtk.StorescuAsync(scp.Port, scp.AETitle, [folder["sent"]], noDelay, ["--scan-directories"], TimeSpan.FromMinutes(5))).EnsureSuccess();
            TestContext.Current.TestOutputHelper?.WriteLine($"{study.Instances} in {System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
            ReceivedFiles.AssertExactly(folder["received"], TestStudy.Create(study));
            Assert.Equal((study.Instances, 0L, 0L), (scp.Received, scp.Failed, scp.Refused));
        }
        finally
        {
            registry.StopAll();
        }

        string[] files = ReceivedFiles.In(folder["received"]);
        await Dcmtk.TestFilesAsync(files);
        await Dcmtk.DumpAllAsync(files);
        // Of one kind all are alike, but for numbers and pixels.
        foreach (string file in files.Take(3))
            Assert.Empty(await Dcmtk.VerifyAsync(file));
    }
}
