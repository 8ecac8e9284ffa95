namespace PacsTools.Dicom.Network;

/// <summary>Takes the bytes of a data set as they come off the wire, without a copy.</summary>
public interface IDatasetSink
{
    /// <summary>
    /// Takes the next bytes. The slices point into the receive buffer and are valid only until this returns. An exception
    /// thrown here leaves the rest of the data set unread: the caller skips it (<see cref="IncomingMessage.SkipDataset"/>) and the association survives.
    /// </summary>
    void Write(IReadOnlyList<ReadOnlyMemory<byte>> slices);
}
