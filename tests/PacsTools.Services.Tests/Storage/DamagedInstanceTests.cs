using PacsTools.TestKit.Data;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Storage;

/// <summary>Plain DICOM carries no checksum. What a receiver can see of what was changed on the way, it must not keep.</summary>
public sealed class DamagedInstanceTests : IDisposable
{
    private readonly ScpFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(700)]
    [InlineData(2040)]
    public void A_data_set_that_breaks_off_is_refused_and_nothing_of_it_stays(int missing)
    {
        // As a last-fragment bit or a length that was changed on the way makes it: every PDU is in order, and the sender is told of success by nobody.
        var scp = _fixture.Start(o => o with { AcceptAnyCalledAETitle = true });
        var whole = TestStudy.CreateOne(new TestStudyOptions { Rows = 32, Columns = 32 });
        using var client = StoreClient.Open(scp.Port, whole);
        var response = client.Store(whole with { DataSet = whole.DataSet[..^missing] });
        Assert.Equal((0xC000, "The data set broke off before its end"), (response.Status, response.ErrorComment));
        Assert.Empty(_fixture.Files());
        Assert.Equal(0, client.Store(whole).Status);
        Assert.Equal((1, 1), (scp.Received, scp.Failed));
    }

    [Fact]
    public void A_data_set_under_the_name_of_another_instance_is_refused()
    {
        var scp = _fixture.Start(o => o with { AcceptAnyCalledAETitle = true });
        var instance = TestStudy.CreateOne(TestStudy.Tiny(1));
        using var client = StoreClient.Open(scp.Port, [instance, instance with { SOPClassUID = TestStudy.MRImageStorage }]);
        var response = client.Store(instance with { SOPInstanceUID = instance.SOPInstanceUID + ".1" });
        Assert.Equal((0xA900, "The data set is of another instance"), (response.Status, response.ErrorComment));
        response = client.Store(instance with { SOPClassUID = TestStudy.MRImageStorage });
        Assert.Equal((0xA900, "The data set is of another SOP class"), (response.Status, response.ErrorComment));
        Assert.Empty(_fixture.Files());
        Assert.Equal(0, client.Store(instance).Status);
    }

    [Fact]
    public async Task A_UID_that_cannot_stand_in_a_file_is_refused_and_the_association_goes_on()
    {
        var scp = _fixture.Start(o => o with { AcceptAnyCalledAETitle = true });
        var instance = TestStudy.CreateOne(TestStudy.Tiny(1) with { ExplicitVR = false });
        var nameless = new RawDataSet().Text(0x0020000D, "UI", "1.2.3").Text(0x0020000E, "UI", "1.2.4");
        await using var client = await RawClient.OpenAsync(scp.Port, instance.SOPClassUID);
        await client.SendAsync(RawCommand.CStoreRq, instance.SOPClassUID, nameless, c => c.SetBytes(0x1000, [0x31, 0xAE]));
        Assert.Equal((ushort)0xC000, Assert.Single(await client.ReadAllAsync()).Command.Status);
        Assert.Empty(_fixture.Files());
        await client.Connection.SendMessageAsync(1, instance.ToCStore(2), instance.DataSet);
        Assert.Equal((ushort)0, (await client.Connection.ReadMessageAsync()).Command.Status);
    }

    [Fact]
    public async Task A_request_without_a_data_set_is_refused()
    {
        var scp = _fixture.Start(o => o with { AcceptAnyCalledAETitle = true });
        var instance = TestStudy.CreateOne(TestStudy.Tiny(1));
        await using var client = await RawClient.OpenAsync(scp.Port, instance.SOPClassUID);
        await client.SendAsync(RawCommand.CStoreRq, instance.SOPClassUID, change: c => c.Set(0x1000, instance.SOPInstanceUID));
        Assert.Equal((ushort)0xC000, Assert.Single(await client.ReadAllAsync()).Command.Status);
        Assert.Empty(_fixture.Files());
    }
}
