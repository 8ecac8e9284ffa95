using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.TestKit.Scripting;
using static PacsTools.Dicom.Tests.Network.NetworkFixtures;

namespace PacsTools.Dicom.Tests.Network;

public class MessageTests
{
    private const string Ct = DicomUids.CTImageStorage;
    private static readonly RawAssociate Request = new() { Contexts = [new RawContext(1, Ct, [RawAssociate.ImplicitLittleEndian]), new RawContext(3, DicomUids.Verification, [RawAssociate.ImplicitLittleEndian])] };
    private static readonly byte[] Data = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7))];

    private static RawCommand Store(ushort id = 1) => RawCommand.Request(RawCommand.CStoreRq, id, Ct, hasDataSet: true).Set(0x1000, "1.2.3");

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(999)]
    [InlineData(16372)]
    [InlineData(100_000)]
    public async Task A_data_set_in_fragments_of_any_size_odd_ones_too_arrives_whole(int fragment)
    {
        var data = fragment == 1 ? Data[..3000] : Data;
        byte[]? got = null;
        using var listener = Listen(a =>
        {
            got = a.Receive()!.ReadDataset();
            Assert.Null(a.Receive());
        });
        await using var c = await ScriptedConnection.ConnectAsync(listener.Port);
        await c.RequestAssociationAsync(Request);
        await c.SendMessageAsync(1, Store(), data, fragment);
        await c.ReleaseAsync();
        Assert.Equal(data, got);
    }

    [Fact]
    public async Task Everything_byte_by_byte_several_values_in_one_PDU_and_two_messages_in_one_segment()
    {
        var got = new List<byte[]>();
        using var listener = Listen(a =>
        {
            while (a.Receive() is { } message)
            {
                got.Add(message.HasDataSet ? message.ReadDataset() : []);
            }
        });
        await using var c = await ScriptedConnection.ConnectAsync(listener.Port);
        await c.RequestAssociationAsync(Request);
        byte[] one = [
            .. RawPdu.Pdv(1, true, true, Store().ToBytes()),
            .. RawPdu.Pdv(1, false, false, Data.AsSpan(0, 10)),
            .. RawPdu.Pdv(1, false, true, Data.AsSpan(10, 5)),
            .. RawPdu.Pdv(3, true, true, RawCommand.Request(RawCommand.CEchoRq, 2, DicomUids.Verification).ToBytes()),
        ];
        await c.SendInPiecesAsync(new RawPdu(RawPdu.Data, one).ToBytes(), 1);
        await c.ReleaseAsync();
        Assert.Equal(2, got.Count);
        Assert.Equal(Data[..15], got[0]);
    }

    [Fact]
    public async Task What_the_handler_leaves_unread_is_skipped()
    {
        var ids = new List<int>();
        using var listener = Listen(a =>
        {
            while (a.Receive() is { } message)
            {
                ids.Add(message.Command.MessageId!.Value);
            }
        });
        await using var c = await ScriptedConnection.ConnectAsync(listener.Port);
        await c.RequestAssociationAsync(Request);
        await c.SendMessageAsync(1, Store(1), Data);
        await c.SendMessageAsync(1, Store(2), Data);
        await c.ReleaseAsync();
        Assert.Equal([1, 2], ids);
    }

    [Fact]
    public async Task A_sink_that_throws_leaves_the_association_usable()
    {
        using var listener = Listen(a =>
        {
            var message = a.Receive()!;
            Assert.Throws<IOException>(() => message.ReadDatasetTo(new ThrowingSink()));
            message.SkipDataset();
            Assert.Equal(Data.Length, message.Received);
            a.Send(message.Context, new CStoreResponse(1, 0xA700) { AffectedSOPClassUID = Ct }.ToCommandSet());
            Assert.Null(a.Receive());
        });
        await using var c = await ScriptedConnection.ConnectAsync(listener.Port);
        await c.RequestAssociationAsync(Request);
        await c.SendMessageAsync(1, Store(), Data);
        Assert.Equal((ushort)0xA700, (await c.ReadMessageAsync()).Command.Status);
        await c.ReleaseAsync();
    }

    [Fact]
    public async Task A_data_set_over_the_bound_is_an_error_that_the_association_survives()
    {
        using var listener = Listen(a =>
        {
            Assert.Throws<DicomDataException>(() => a.Receive()!.ReadDataset(maxLength: 1000));
            Assert.Null(a.Receive());
        });
        await using var c = await ScriptedConnection.ConnectAsync(listener.Port);
        await c.RequestAssociationAsync(Request);
        await c.SendMessageAsync(1, Store(), Data);
        await c.ReleaseAsync();
    }

    public static TheoryData<string> Breaches => new("release inside a message", "other context inside a message", "command inside a data set", "context not accepted", "data set first", "PDU over the announced length", "unknown PDU type", "associate again");

    [Theory]
    [MemberData(nameof(Breaches))]
    public async Task A_breach_is_answered_by_an_abort(string breach)
    {
        var failures = new List<Exception>();
        using var listener = Listen(a => a.Receive()?.SkipDataset(), failures: failures);
        await using var c = await ScriptedConnection.ConnectAsync(listener.Port);
        await c.RequestAssociationAsync(Request);
        var command = RawPdu.DataValue(1, true, true, Store().ToBytes()).ToBytes();
        byte[] sent = breach switch
        {
            "release inside a message" => [.. command, .. RawPdu.Release.ToBytes()],
            "other context inside a message" => [.. command, .. RawPdu.DataValue(3, false, true, Data.AsSpan(0, 8)).ToBytes()],
            "command inside a data set" => [.. command, .. command],
            "context not accepted" => RawPdu.DataValue(77, true, true, Store().ToBytes()).ToBytes(),
            "data set first" => RawPdu.DataValue(1, false, true, Data.AsSpan(0, 8)).ToBytes(),
            "PDU over the announced length" => [4, 0, 0, 4, 0, 1],
            "unknown PDU type" => [9, 0, 0, 0, 0, 4, 0, 0, 0, 0],
            "associate again" => Request.ToRequest().ToBytes(),
            _ => throw new ArgumentOutOfRangeException(nameof(breach)),
        };
        await c.SendAsync(sent);
        Assert.Equal(RawPdu.AbortPdu, (await c.ReadPduAsync()).Type);
        Assert.Empty(await c.ReadToEndAsync());
        await PacsTools.TestKit.Eventually.TrueAsync(() => failures.Count == 1, "the breach is reported");
        Assert.IsType<DicomProtocolException>(failures[0]);
    }

    [Theory]
    [InlineData(0u, false)]
    [InlineData(7u, false)]
    [InlineData(13u, true)]
    [InlineData(4096u, true)]
    [InlineData(131072u, true)]
    [InlineData(1048576u, true)]
    public async Task Any_maximum_length_of_the_peer_is_honoured_with_even_fragments(uint max, bool fromStream)
    {
        var data = max is > 0 and < 100 ? Data[..2000] : Data;
        var longest = 0;
        var got = new MemoryStream();
        await using var peer = ScriptedPeer.Listen(async c =>
        {
            await c.AcceptAssociationAsync(maxPduLength: max);
            for (var last = false; !last;)
            {
                var pdu = await c.ExpectAsync(RawPdu.Data);
                longest = Math.Max(longest, pdu.Body.Length);
                foreach (var pdv in pdu.ReadPdvs())
                {
                    Assert.Equal(0, pdv.Payload.Length % 2);
                    if (!pdv.IsCommand)
                    {
                        got.Write(pdv.Payload);
                        last = pdv.IsLast;
                    }
                }
            }

            await c.AnswerReleaseAsync();
        });
        await Run(() =>
        {
            using var a = Association.Request(Options(peer.Port, null, new ProposedContext(Ct, [DicomUids.ImplicitVRLittleEndian])));
            var command = new CStoreRequest(1, Ct, "1.2.3").ToCommandSet();
            if (fromStream)
            {
                a.Send(a.GetContext(Ct), command, new MemoryStream(data), data.Length);
            }
            else
            {
                a.Send(a.GetContext(Ct), command, data);
            }

            Assert.True(a.Release());
        });
        Assert.Equal(data, got.ToArray());
        Assert.True(max == 0 || longest <= Math.Max(max, 8), $"{longest} bytes were sent to a peer that takes {max}");
    }

    [Fact]
    public async Task An_empty_stream_ends_its_message_and_what_does_not_fit_the_command_sends_nothing()
    {
        RawMessage? got = null;
        await using var peer = ScriptedPeer.Listen(async c =>
        {
            await c.AcceptAssociationAsync();
            got = await c.ReadMessageAsync();
            await c.AnswerReleaseAsync();
        });
        await Run(() =>
        {
            using var a = Association.Request(Options(peer.Port, null, new ProposedContext(Ct, [DicomUids.ImplicitVRLittleEndian])));
            var store = new CStoreRequest(1, Ct, "1.2.3").ToCommandSet();
            Assert.Throws<ArgumentException>(() => a.Send(a.GetContext(Ct), store, new MemoryStream(Data), Data.Length - 1));
            Assert.Throws<ArgumentException>(() => a.Send(a.GetContext(Ct), store with { HasDataSet = false }, new MemoryStream(Data), Data.Length));
            a.Send(a.GetContext(Ct), store, new MemoryStream(), 0);
            Assert.True(a.Release());
        });
        await peer.Completion;
        Assert.True(got!.Command.HasDataSet);
        Assert.Empty(got.DataSet);
    }

    [Fact]
    public async Task A_stream_that_fails_aborts_and_throws_its_own_error()
    {
        await using var peer = ScriptedPeer.Listen(async c =>
        {
            await c.AcceptAssociationAsync();
            RawPdu pdu;
            while ((pdu = await c.ReadPduAsync()).Type == RawPdu.Data)
            {
                Assert.DoesNotContain(pdu.ReadPdvs(), v => !v.IsCommand && v.IsLast);
            }

            Assert.Equal(RawPdu.AbortPdu, pdu.Type);
        });
        await Run(() =>
        {
            using var a = Association.Request(Options(peer.Port, null, new ProposedContext(Ct, [DicomUids.ImplicitVRLittleEndian])));
            Assert.Throws<EndOfStreamException>(() =>
                a.Send(a.GetContext(Ct), new CStoreRequest(1, Ct, "1.2.3").ToCommandSet(), new MemoryStream(Data), Data.Length + 1_000_000));
            Assert.False(a.IsUsable);
        });
        await peer.Completion;
    }

    [Fact]
    public async Task The_reason_of_an_abort_met_while_writing_is_the_one_reported()
    {
        await using var peer = ScriptedPeer.Listen(async c =>
        {
            await c.AcceptAssociationAsync();
            await c.ReadExactlyAsync(1000);
            await c.SendAsync(RawPdu.Abort(2, 6));
        });
        var e = await Assert.ThrowsAsync<AssociationAbortedException>(() => Run(() =>
        {
            using var a = Association.Request(Options(peer.Port, null, new ProposedContext(Ct, [DicomUids.ImplicitVRLittleEndian])));
            using var watch = a.Watch("Store", TimeSpan.FromSeconds(20));
            using var endless = new EndlessStream();
            a.Send(a.GetContext(Ct), new CStoreRequest(1, Ct, "1.2.3").ToCommandSet(), endless, 1L << 40);
        }));
        Assert.Equal((2, 6), (e.AbortSource, e.Reason));
    }

    [Fact]
    public async Task C_CANCEL_is_seen_between_responses()
    {
        using var listener = Listen(a =>
        {
            var find = a.Receive()!;
            while (!a.TryReceiveNow(out var next) || next!.Command.CommandField != CommandField.CCancelRequest)
            {
                a.Send(find.Context, new CEchoResponse(find.Command.MessageId!.Value, 0xFF00).ToCommandSet());
            }

            a.Send(find.Context, new CEchoResponse(find.Command.MessageId!.Value, 0xFE00).ToCommandSet());
            Assert.Null(a.Receive());
        });
        await Run(() =>
        {
            using var a = Association.Request(Options(listener.Port));
            var context = a.GetContext(DicomUids.Verification);
            a.Send(context, new CEchoRequest(5).ToCommandSet());
            Assert.Equal((ushort)0xFF00, a.Receive()!.Command.Status);
            a.SendCancel(context, 5);
            IncomingMessage message;
            while ((message = a.Receive()!).Command.Status == 0xFF00)
            {
            }

            Assert.Equal((ushort)0xFE00, message.Command.Status);
            Assert.True(a.Release());
        });
    }

    private sealed class ThrowingSink : IDatasetSink
    {
        public void Write(IReadOnlyList<ReadOnlyMemory<byte>> slices) => throw new IOException("disk full");
    }

    private sealed class EndlessStream : MemoryStream
    {
        public override int Read(Span<byte> buffer)
        {
            buffer.Clear();
            return buffer.Length;
        }
    }
}
