using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Dicom.Tests.Pdus;

public class DimseFragmenterTests
{
    [Theory]
    [InlineData(0u, 262138)] // no limit: our own
    [InlineData(uint.MaxValue, 262138)]
    [InlineData(262144u, 262138)]
    [InlineData(16384u, 16378)]
    [InlineData(16383u, 16376)] // 16,377 would be odd
    [InlineData(16u, 10)]
    [InlineData(9u, 2)]
    [InlineData(8u, 2)]
    [InlineData(7u, 2)] // nothing even fits; the least there is
    [InlineData(1u, 2)]
    public void Fragments_are_as_long_as_the_peer_allows_and_even(uint peerMax, int expected)
    {
        Assert.Equal(expected, DimseFragmenter.MaxFragment(peerMax));
    }

    [Fact]
    public void A_message_is_one_run_of_bytes()
    {
        var writer = new ArrayBufferWriter<byte>();

        var length = DimseFragmenter.WriteMessage(writer, 1, [0xC1, 0xC2, 0xC3, 0xC4], [1, 2, 3, 4, 5, 6], peerMaxPduLength: 10);

        Assert.Equal(Wire.Parse("""
            04 00 0000000A  00000006 01 03 C1C2C3C4     # the whole command, last
            04 00 0000000A  00000006 01 00 01020304     # data set, more to come
            04 00 00000008  00000004 01 02 0506         # data set, last
            """), writer.WrittenSpan);
        Assert.Equal(writer.WrittenCount, length);
    }

    [Fact]
    public void A_command_alone_has_no_data_fragment()
    {
        var writer = new ArrayBufferWriter<byte>();

        DimseFragmenter.WriteMessage(writer, 7, [1, 2], default, 0);

        Assert.Equal(Wire.Parse("04 00 00000008 00000004 07 03 0102"), writer.WrittenSpan);
    }

    [Fact]
    public void An_announced_data_set_without_bytes_still_ends()
    {
        var writer = new ArrayBufferWriter<byte>();

        DimseFragmenter.WriteMessage(writer, 7, [1, 2], default, 0, sendEmptyDataSet: true);

        Assert.Equal(Wire.Parse("04 00 00000008 00000004 07 03 0102  04 00 00000006 00000002 07 02"), writer.WrittenSpan);
    }

    [Fact]
    public void Odd_parts_are_refused()
    {
        var writer = new ArrayBufferWriter<byte>();

        Assert.Throws<ArgumentException>(() => DimseFragmenter.WriteMessage(writer, 1, new byte[3], default, 0));
        Assert.Throws<ArgumentException>(() => DimseFragmenter.WriteMessage(writer, 1, new byte[2], new byte[5], 0));
        Assert.Throws<ArgumentException>(() => DimseFragmenter.WriteMessage(writer, 1, new byte[2], new byte[5], 8));
        Assert.Throws<ArgumentException>(() => DimseFragmenter.WriteMessage(writer, 1, default, new byte[2], 0));
        Assert.Equal(0, writer.WrittenCount);
    }

    [Fact]
    public void A_message_too_long_for_memory_is_an_overflow()
    {
        Assert.Throws<OverflowException>(() => DimseFragmenter.MessageLength(2, int.MaxValue - 1, 0));
    }

    [Fact]
    public void Whatever_is_cut_comes_together_again()
    {
        var messages = from command in Gen.Choose(1, 300)
                       from data in Gen.Choose(0, 5000)
                       from peerMax in Gen.OneOf(Gen.Choose(8, 40), Gen.Choose(100, 20000), Gen.Constant(0))
                       select (Command: 2 * command, Data: 2 * data, PeerMax: (uint)peerMax);

        Prop.ForAll(messages.ToArbitrary(), m => Survives(m.Command, m.Data, m.PeerMax)).QuickCheckThrowOnFailure();
    }

    private static bool Survives(int commandLength, int dataLength, uint peerMax)
    {
        var random = new Random(commandLength ^ dataLength);
        var command = new byte[commandLength];
        var data = new byte[dataLength];
        random.NextBytes(command);
        random.NextBytes(data);
        var writer = new ArrayBufferWriter<byte>();
        var length = DimseFragmenter.WriteMessage(writer, 3, command, data, peerMax);
        Assert.Equal(DimseFragmenter.MessageLength(commandLength, dataLength, peerMax), length);

        var limits = PduLimits.ForAnnounced(peerMax);
        var (commandRead, dataRead) = (new List<byte>(), new List<byte>());
        var (commandEnds, dataEnds) = (0, 0);
        var rest = writer.WrittenMemory;
        while (rest.Length > 0)
        {
            Assert.True(PduReader.TryRead(rest.Span, limits, out var pdu, out var consumed));
            var value = Assert.Single(((PDataTf)pdu).Values);
            Assert.Equal(3, value.ContextId);
            Assert.Equal(0, value.Data.Length % 2);
            Assert.True(value.IsLast || value.Data.Length == DimseFragmenter.MaxFragment(peerMax));
            Assert.True(value.IsCommand ? dataRead.Count == 0 : commandEnds == 1);
            (value.IsCommand ? commandRead : dataRead).AddRange(value.Data.ToArray());
            commandEnds += value is { IsCommand: true, IsLast: true } ? 1 : 0;
            dataEnds += value is { IsCommand: false, IsLast: true } ? 1 : 0;
            rest = rest[consumed..];
        }

        return commandRead.SequenceEqual(command) && dataRead.SequenceEqual(data)
            && commandEnds == 1 && dataEnds == (dataLength > 0 ? 1 : 0);
    }
}
