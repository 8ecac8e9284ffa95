using System.Net;
using PacsTools.Dicom.Dimse;
using PacsTools.Services.Storage;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Processes;

namespace PacsTools.Services.Tests.Storage;

[CollectionDefinition("memory", DisableParallelization = true)]
public sealed class MemoryCollection;

/// <summary>Alone in the process, since what others allocate would count too.</summary>
[Collection("memory")]
public sealed class StorageMemoryTests
{
    [Fact]
    public void A_large_instance_passes_through_in_bounded_memory()
    {
        using var folder = new TemporaryFolder();
        var instance = BigInstance.Save(folder["big.dcm"], 128 << 20);
        var offset = FileHead.Read(folder["big.dcm"])!.DatasetOffset;
        var scp = StorageScp.Start(new StorageScpOptions { AETitle = "STORE_SCP", Port = 0, BindAddress = IPAddress.Loopback, Accept = StorageScpAccept.Any, Path = folder["in"], Layout = PathLayout.Flat });
        using var client = StoreClient.Open(scp.Port, instance);
        using var file = File.OpenRead(folder["big.dcm"]);
        file.Position = offset;
        var before = GC.GetTotalAllocatedBytes(precise: true);

        client.Association.Send(
            client.Association.GetContext(instance.SOPClassUID),
            new CStoreRequest(1, instance.SOPClassUID, instance.SOPInstanceUID).ToCommandSet(),
            file,
            file.Length - offset);
        Assert.Equal(0, CStoreResponse.From(client.Association.Receive()!.Command).Status);

        // Both sides together: everything they allocate, not only what lives at once.
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 8 << 20);
        Assert.Equal(file.Length - offset, scp.Bytes);
        Assert.Equal(offset, FileHead.Read(folder["big.dcm"])!.DatasetOffset);
        AssertSameTail(folder["big.dcm"], offset, folder["in", instance.SOPInstanceUID + ".dcm"]);
        scp.Stop();
    }

    private static void AssertSameTail(string sent, long offset, string received)
    {
        using var a = File.OpenRead(sent);
        using var b = File.OpenRead(received);
        a.Position = offset;
        b.Position = FileHead.Read(received)!.DatasetOffset;
        Assert.Equal(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(a)), Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(b)));
    }
}
