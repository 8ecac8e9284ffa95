using System.Buffers.Binary;
using System.Text;
using PacsTools.Dicom.Data;
using PacsTools.Services.Query;

namespace PacsTools.Services.Simulation;

/// <summary>An instance and where its file is. The folder is shared by all files in it; name and offset lie before the attributes.</summary>
internal sealed class IndexedInstance(IndexedGroup series, string folder, byte[] record) : IndexedEntity(QueryLevel.Image, series, record)
{
    private const int NameOffset = sizeof(int) + sizeof(ushort);

    public IndexedGroup Series => series;

    /// <summary>The full path of its file.</summary>
    public string Path => System.IO.Path.Combine(folder, Encoding.UTF8.GetString(Record, NameOffset, NameLength));

    /// <summary>Where in the file the data set begins, after the file meta information.</summary>
    public int DatasetOffset => BinaryPrimitives.ReadInt32LittleEndian(Record);

    protected override int AttributesOffset => NameOffset + NameLength;

    private int NameLength => BinaryPrimitives.ReadUInt16LittleEndian(Record.AsSpan(sizeof(int)));

    /// <summary>Puts together what is kept of an instance.</summary>
    public static byte[] MakeRecord(string fileName, int datasetOffset, byte[] attributes)
    {
        var name = Encoding.UTF8.GetBytes(fileName);
        var record = new byte[NameOffset + name.Length + attributes.Length];
        BinaryPrimitives.WriteInt32LittleEndian(record, datasetOffset);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(sizeof(int)), checked((ushort)name.Length));
        name.CopyTo(record, NameOffset);
        attributes.CopyTo(record, NameOffset + name.Length);
        return record;
    }

    /// <summary>What a C-STORE of it has to say.</summary>
    public StoredInstance Describe()
    {
        var attributes = ReadAttributes();
        return new StoredInstance(
            attributes.GetString(DicomTags.SOPClassUID, ""),
            attributes.GetString(DicomTags.SOPInstanceUID, ""),
            attributes.GetString(DicomTags.AvailableTransferSyntaxUID, DicomUids.ImplicitVRLittleEndian),
            Path,
            DatasetOffset);
    }
}

/// <summary>A stored instance, ready to be sent as it is.</summary>
internal sealed record StoredInstance(string SopClassUid, string SopInstanceUid, string TransferSyntaxUid, string Path, int DatasetOffset);
