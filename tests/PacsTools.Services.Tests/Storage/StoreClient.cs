using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Network;
using PacsTools.TestKit.Data;

namespace PacsTools.Services.Tests.Storage;

/// <summary>A peer that stores: one association, one instance after the other.</summary>
internal sealed class StoreClient : IDisposable
{
    private StoreClient(Association association) => Association = association;

    public Association Association { get; }

    /// <summary>Proposes verification, and a context for each SOP class and syntax of the instances.</summary>
    public static StoreClient Open(int port, IEnumerable<TestInstance> instances, string called = "STORE_SCP", string calling = "ARCHIVE") =>
        new(Association.Request(
            new AssociationOptions
            {
                HostName = "127.0.0.1",
                Port = port,
                CalledAETitle = called,
                CallingAETitle = calling,
                Contexts =
                [
                    new ProposedContext(DicomUids.Verification, [DicomUids.ImplicitVRLittleEndian]),
                    .. instances.Select(i => (i.SOPClassUID, i.TransferSyntaxUID)).Distinct().Select(c => new ProposedContext(c.SOPClassUID, [c.TransferSyntaxUID])),
                ],
            },
            CancellationToken.None));

    public static StoreClient Open(int port, TestInstance instance) => Open(port, [instance]);

    /// <summary>Stores and returns the response.</summary>
    public CStoreResponse Store(TestInstance instance, string? originator = null, ushort? originatorId = null)
    {
        Send(instance, originator, originatorId);
        return CStoreResponse.From(Association.Receive()!.Command);
    }

    /// <summary>Sends the request and does not wait for the response.</summary>
    public void Send(TestInstance instance, string? originator = null, ushort? originatorId = null)
    {
        var request = new CStoreRequest(Association.NextMessageId(), instance.SOPClassUID, instance.SOPInstanceUID) { MoveOriginatorAETitle = originator, MoveOriginatorMessageId = originatorId };
        Association.Send(Association.GetContext(instance.SOPClassUID, instance.TransferSyntaxUID), request.ToCommandSet(), instance.DataSet);
    }

    /// <summary>Sends the request and so much of the data set, then waits for someone to let go.</summary>
    public void SendAndStall(TestInstance instance, int bytes, WaitHandle letGo, Action? reached = null) => Association.Send(
        Association.GetContext(instance.SOPClassUID, instance.TransferSyntaxUID),
        new CStoreRequest(Association.NextMessageId(), instance.SOPClassUID, instance.SOPInstanceUID).ToCommandSet(),
        new StallingStream(instance.DataSet, bytes, letGo, reached),
        instance.DataSet.Length);

    public ushort Echo()
    {
        Association.Send(Association.GetContext(DicomUids.Verification), new CEchoRequest(Association.NextMessageId()).ToCommandSet());
        return CEchoResponse.From(Association.Receive()!.Command).Status;
    }

    public void Dispose() => Association.Release();

    private sealed class StallingStream(byte[] bytes, int stallAt, WaitHandle letGo, Action? reached) : Stream
    {
        private int _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => bytes.Length;

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (_position >= stallAt)
            {
                reached?.Invoke();
                reached = null;
                letGo.WaitOne(TimeSpan.FromSeconds(30));
            }

            var count = Math.Min(buffer.Length, _position < stallAt ? stallAt - _position : bytes.Length - _position);
            bytes.AsSpan(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
