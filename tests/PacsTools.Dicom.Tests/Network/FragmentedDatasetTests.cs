using System.Buffers;
using PacsTools.Dicom.Network;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Dicom.Tests.Network;

public class FragmentedDatasetTests
{
    private static readonly AcceptedContext s_context = new(5, "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.1.2.1", 0, true, false);

    [Theory]
    [InlineData(2, 0u)]
    [InlineData(4096, 0u)]
    [InlineData(4096, 16384u)]
    [InlineData(100_000, 16384u)]
    [InlineData(100_000, 8u)]
    [InlineData(262_138, 131072u)]
    [InlineData(1_048_576, 131072u)]
    public void It_is_what_a_message_is_cut_into(int length, uint peerMaxPduLength)
    {
        byte[] data = Bytes(length), command = Bytes(200);
        var whole = new ArrayBufferWriter<byte>();
        DimseFragmenter.WriteMessage(whole, s_context.Id, command, data, peerMaxPduLength);
        var head = new ArrayBufferWriter<byte>();
        DimseFragmenter.WriteMessage(head, s_context.Id, command, default, peerMaxPduLength);

        using (var fromMemory = FragmentedDataset.Of(data, s_context, peerMaxPduLength))
        {
            Assert.Equal(whole.WrittenSpan.ToArray(), Message(fromMemory, head.WrittenSpan));
            // The next command, of a second try, takes the place of the first.
            Assert.Equal(whole.WrittenSpan.ToArray(), Message(fromMemory, head.WrittenSpan));
            Assert.Equal(length, fromMemory.Length);
        }

        using var folder = new TestKit.Processes.TemporaryFolder();
        string path = Path.Combine(folder.Path, "file");
        File.WriteAllBytes(path, [.. Bytes(77), .. data]);
        using var file = File.OpenHandle(path);
        using var fromFile = FragmentedDataset.Read(file, 77, length, s_context, peerMaxPduLength);
        Assert.Equal(whole.WrittenSpan.ToArray(), Message(fromFile, head.WrittenSpan));
    }

    [Fact]
    public void A_command_too_long_for_the_room_in_front_is_left_to_the_sender()
    {
        using var dataset = FragmentedDataset.Of(Bytes(10), s_context, 0);
        var pdus = dataset.Behind(Bytes(2000), out bool isWhole);
        Assert.False(isWhole);
        Assert.Equal(PduWriter.PDataHeaderSize + 10, pdus.Length);
    }

    [Fact]
    public void A_file_that_ends_before_its_data_set_is_an_error()
    {
        using var folder = new TestKit.Processes.TemporaryFolder();
        string path = Path.Combine(folder.Path, "file");
        File.WriteAllBytes(path, Bytes(100));
        using var file = File.OpenHandle(path);
        Assert.Throws<EndOfStreamException>(() => FragmentedDataset.Read(file, 10, 100, s_context, 64).Dispose());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Nothing_and_odd_lengths_are_no_fragments(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FragmentedDataset.Of(Bytes(length), s_context, 0).Dispose());

    [Fact]
    public void After_its_end_nothing_of_it_is_sent()
    {
        var dataset = FragmentedDataset.Of(Bytes(10), s_context, 0);
        dataset.Dispose();
        dataset.Dispose();
        Assert.Throws<ObjectDisposedException>(() => dataset.Behind(Bytes(10), out _).Length);
    }

    private static byte[] Message(FragmentedDataset dataset, ReadOnlySpan<byte> command)
    {
        var pdus = dataset.Behind(command, out bool isWhole);
        return isWhole ? pdus.ToArray() : [.. command, .. pdus];
    }

    private static byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
