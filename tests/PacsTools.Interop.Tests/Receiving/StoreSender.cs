using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Network;
using PacsTools.TestKit.Data;

namespace PacsTools.Interop.Tests.Receiving;

/// <summary>One association that stores: one instance after the other, each answer waited for.</summary>
internal sealed class StoreSender : IDisposable
{
    private readonly Association _association;

    private StoreSender(Association association) => _association = association;

    /// <summary>Opens it with a context for each SOP class and syntax of the instances.</summary>
    public static StoreSender Open(int port, string calledAETitle, IEnumerable<TestInstance> instances) => new(Association.Request(
        new AssociationOptions
        {
            HostName = "127.0.0.1",
            Port = port,
            CalledAETitle = calledAETitle,
            CallingAETitle = "SENDER",
            Contexts = [.. instances.Select(i => (i.SOPClassUID, i.TransferSyntaxUID)).Distinct().Select(c => new ProposedContext(c.SOPClassUID, [c.TransferSyntaxUID]))],
        },
        CancellationToken.None));

    /// <summary>Stores and returns the status.</summary>
    /// <param name="instance">What.</param>
    /// <param name="passed">Told of every piece of the data set before it goes out: the bytes that went before.</param>
    public ushort Store(TestInstance instance, Action<int>? passed = null)
    {
        var command = new CStoreRequest(_association.NextMessageId(), instance.SOPClassUID, instance.SOPInstanceUID).ToCommandSet();
        using var data = new TellingStream(instance.DataSet, passed);
        _association.Send(_association.GetContext(instance.SOPClassUID, instance.TransferSyntaxUID), command, data, instance.DataSet.Length);
        return CStoreResponse.From(_association.Receive()!.Command).Status;
    }

    public void Dispose() => _association.Release();

    /// <summary>For when the other side is known to be gone.</summary>
    public void Abort() => _association.Abort();

    private sealed class TellingStream(byte[] bytes, Action<int>? passed) : MemoryStream(bytes, writable: false)
    {
        // The one that MemoryStream's other ways of reading come to in a derived class.
        public override int Read(byte[] buffer, int offset, int count)
        {
            passed?.Invoke((int)Position);
            return base.Read(buffer, offset, Math.Min(count, 8192));
        }
    }
}
