using PacsTools.Dicom.Network;
using PacsTools.Dicom.Pdus;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Dicom.Tests.Network;

/// <summary>How much is asked of the connection at a time: little where little comes, much where the peer sends without a break.</summary>
public sealed class PduInputBufferTests
{
    private const int Largest = 256 * 1024;

    [Fact]
    public void Reads_grow_while_they_are_filled()
    {
        var transport = new FakeTransport(Data(4 << 20), int.MaxValue);
        Drain(transport);
        Assert.Equal([4096, 32768, Largest], transport.Asked.Distinct().Where(a => a is 4096 or 32768 or Largest).Order());
        // 4 MiB in reads of 4 KiB would be a thousand.
        Assert.InRange(transport.Asked.Count, 16, 24);
    }

    [Fact]
    public void Reads_stay_small_where_little_comes_at_a_time()
    {
        var transport = new FakeTransport(Data(64 << 10), most: 1000);
        Drain(transport);
        Assert.All(transport.Asked, asked => Assert.InRange(asked, 1, 4096));
    }

    [Fact]
    public void A_long_PDU_that_must_be_whole_grows_the_buffer_with_what_arrived()
    {
        byte[] request = new byte[6 + (700 << 10)];
        request[0] = 1;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(request.AsSpan(2), request.Length - 6);
        var transport = new FakeTransport(request, most: 16 << 10);
        Drain(transport);
        int received = 0;
        foreach (int asked in transport.Asked)
        {
            Assert.InRange(asked, 1, Math.Max(Largest, 2 * received));
            received += Math.Min(asked, 16 << 10);
        }
    }

    private static byte[] Data(int length) =>
        [.. Enumerable.Range(0, length >> 14).SelectMany(_ => RawPdu.DataValue(1, isCommand: false, isLast: false, new byte[(16 << 10) - 12]).ToBytes())];

    private static void Drain(FakeTransport transport)
    {
        using var watchdog = new Watchdog(TimeProvider.System, _ => { });
        var input = new PduInput(transport, PduLimits.ForAnnounced(Largest), watchdog);
        while (input.Fill())
        {
            while (input.TryNext(out _, out _, out _))
            {
            }
        }
    }

    /// <summary>Bytes in memory, given out as they are asked for and at most so many at a time.</summary>
    private sealed class FakeTransport(byte[] bytes, int most) : ByteTransport
    {
        private int _at;

        public List<int> Asked { get; } = [];

        public override System.Net.EndPoint? RemoteEndPoint => null;

        public override bool CanReadNow => true;

        public override int Read(Span<byte> buffer)
        {
            Asked.Add(buffer.Length);
            int count = Math.Min(Math.Min(most, buffer.Length), bytes.Length - _at);
            bytes.AsSpan(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }

        public override void Write(ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

        public override void ShutdownSend()
        {
        }

        public override void ShutdownBoth()
        {
        }

        public override void Dispose()
        {
        }
    }
}
