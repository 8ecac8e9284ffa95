using PacsTools.Services.Copying;
using PacsTools.Services.Nodes;
using PacsTools.Services.Retrieve;

namespace PacsTools.Services.Tests.Copying;

public sealed class DeliveryTallyTests
{
    [Fact]
    public void An_instance_named_twice_among_the_failed_has_failed_once()
    {
        var request = new RetrieveRequest { Node = PacsNode.Parse("ARCHIVE@127.0.0.1:1"), StudyInstanceUID = "1.2", Destination = "" };
        using var operation = new RetrieveOperation(request, null, new RecordingLog(), TimeProvider.System);
        var tally = DeliveryTally.Take(operation, ExpectedSet.NotAsked, new RoadOutcome { Status = 0xB000, FailedSOPInstanceUIDs = ["1.2.3", "1.2.3"] });
        Assert.Equal(1, tally.Failed);
        Assert.Single(tally.Instances);
    }
}
