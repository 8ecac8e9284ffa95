using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;

namespace PacsTools.Interop.Tests.Services;

/// <summary>The study of the day: a thousand CT images of 512 by 512, from archives as Debian ships them.</summary>
public sealed class LargeRetrieveTests
{
    private const int Count = 1000;
    private static readonly TestStudyOptions s_study = new() { Instances = Count, PatientID = "THOUSAND" };

    [Theory]
    [InlineData("orthanc")]
    [InlineData("dcmqrscp")]
    public async Task A_thousand_images_arrive_while_they_are_sent(string server)
    {
        using var receiver = new Receiver();
        await using LoadedArchive archive = await LoadedArchive.StartAsync(server, noDelay: false, [s_study], receiver.Address);
        List<string> paths = [];
        long receivedAtFirst = -1;
        await using (RetrieveRun run = receiver.Start(archive.Peer.ToNode(), TestStudy.StudyInstanceUID(s_study)))
        {
            await foreach (DicomInstanceFile file in run.Instances)
            {
                if (paths.Count == 0)
                    receivedAtFirst = receiver.Scp.Received;
                paths.Add(file.Path!);
            }
            Assert.True((await run.Report).Complete);
        }
        Assert.Equal(Count, paths.Distinct().Count());
        Assert.InRange(receivedAtFirst, 0, Count / 2);
        ReceivedFiles.AssertExactly(receiver.Folder, TestStudy.Create(s_study));
        if (server == "dcmqrscp")
            await Dcmtk.DumpAllAsync(paths);
    }
}
