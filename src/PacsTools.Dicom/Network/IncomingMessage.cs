using System.Buffers;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Network;

/// <summary>A DIMSE message whose command set has arrived. Its data set, if any, is read from the association by one of the methods here, once.</summary>
public sealed class IncomingMessage
{
    /// <summary>Bound for data sets that are held in memory, 64 MiB: identifiers and reports are far smaller.</summary>
    public const int DefaultMaxLength = 64 * 1024 * 1024;

    private readonly Association _association;

    internal IncomingMessage(Association association, AcceptedContext context, CommandSet command)
    {
        _association = association;
        Context = context;
        Command = command;
        DatasetEnded = !command.HasDataSet;
    }

    /// <summary>The command set.</summary>
    public CommandSet Command { get; }

    /// <summary>The presentation context it came on.</summary>
    public AcceptedContext Context { get; }

    /// <summary>True if a data set follows the command (PS3.7 E.1: CommandDataSetType is not 0101H).</summary>
    public bool HasDataSet => Command.HasDataSet;

    /// <summary>Bytes of the data set received so far.</summary>
    public long Received { get; private set; }

    internal bool DatasetEnded { get; set; }

    /// <summary>Reads the whole data set into memory.</summary>
    /// <param name="maxLength">The most to take, in bytes.</param>
    /// <exception cref="DicomDataException">It is longer than that; the rest has been skipped and the association survives.</exception>
    /// <exception cref="DicomException">The association's reason for failing; it is gone.</exception>
    public byte[] ReadDataset(int maxLength = DefaultMaxLength)
    {
        var sink = new MemorySink(maxLength);
        _association.ReadDataset(this, sink);
        var dataset = sink.ToArray(Received);
        _association.Observer?.OnDataset(Context, dataset, sent: false);
        return dataset;
    }

    /// <summary>Hands the data set to a sink as it arrives.</summary>
    /// <returns>Its length in bytes.</returns>
    /// <exception cref="DicomException">The association's reason for failing; it is gone.</exception>
    public long ReadDatasetTo(IDatasetSink sink)
    {
        _association.ReadDataset(this, sink);
        return Received;
    }

    /// <summary>Reads the rest of the data set and forgets it.</summary>
    /// <exception cref="DicomException">The association's reason for failing; it is gone.</exception>
    public void SkipDataset() => _association.ReadDataset(this, sink: null);

    internal void NoteReceived(int length) => Received += length;

    private sealed class MemorySink(int maxLength) : IDatasetSink
    {
        private readonly ArrayBufferWriter<byte> _bytes = new();

        public void Write(IReadOnlyList<ReadOnlyMemory<byte>> slices)
        {
            foreach (var slice in slices)
            {
                // Past the bound the bytes are counted by the message and forgotten here.
                if (_bytes.WrittenCount + slice.Length <= maxLength)
                {
                    _bytes.Write(slice.Span);
                }
            }
        }

        public byte[] ToArray(long received) => _bytes.WrittenCount == received
            ? _bytes.WrittenSpan.ToArray()
            : throw new DicomDataException($"a data set of {received} bytes is longer than the {maxLength} this operation takes");
    }
}
