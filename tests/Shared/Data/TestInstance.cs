using PacsTools.TestKit.Scripting;

namespace PacsTools.TestKit.Data;

/// <summary>One synthetic instance: its identifiers and its data set as it goes over the wire.</summary>
public sealed record TestInstance
{
    public required string SOPClassUID { get; init; }

    public required string SOPInstanceUID { get; init; }

    public required string StudyInstanceUID { get; init; }

    public required string SeriesInstanceUID { get; init; }

    public required string TransferSyntaxUID { get; init; }

    /// <summary>The encoded data set, without file meta information.</summary>
    public required byte[] DataSet { get; init; }

    /// <summary>The instance as a Part 10 file.</summary>
    public byte[] ToFile() => [.. FileHead(SOPClassUID, SOPInstanceUID, TransferSyntaxUID), .. DataSet];

    /// <summary>Writes the Part 10 file and returns its path.</summary>
    public string Save(string folder)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, SOPInstanceUID + ".dcm");
        using FileStream file = File.Create(path);
        file.Write(FileHead(SOPClassUID, SOPInstanceUID, TransferSyntaxUID));
        file.Write(DataSet);
        return path;
    }

    /// <summary>Preamble, prefix and file meta information (PS3.10 7.1).</summary>
    public static byte[] FileHead(string sopClassUID, string sopInstanceUID, string transferSyntaxUID)
    {
        byte[] meta = new RawDataSet()
            .Bytes(0x00020001, "OB", [0, 1])
            .Text(0x00020002, "UI", sopClassUID)
            .Text(0x00020003, "UI", sopInstanceUID)
            .Text(0x00020010, "UI", transferSyntaxUID)
            .Text(0x00020012, "UI", "1.2.826.0.1.3680043.10.1")
            .Text(0x00020013, "SH", "TESTKIT_1")
            .ToBytes(explicitVR: true);
        byte[] length = [.. RawDataSet.Header(0x00020000, "UL", 4, explicitVR: true), .. BitConverter.GetBytes(meta.Length)];
        return [.. new byte[128], .. "DICM"u8, .. length, .. meta];
    }

    /// <summary>The data set of a Part 10 file as it lies there, undecoded.</summary>
    public static byte[] DataSetOf(byte[] file)
    {
        int metaLength = BitConverter.ToInt32(file, 140);
        return file[(144 + metaLength)..];
    }

    /// <inheritdoc cref="DataSetOf(byte[])"/>
    public static byte[] DataSetOf(string path) => DataSetOf(File.ReadAllBytes(path));

    /// <summary>The C-STORE request that carries this instance.</summary>
    public RawCommand ToCStore(ushort messageId) =>
        RawCommand.Request(RawCommand.CStoreRq, messageId, SOPClassUID, hasDataSet: true).Set(0x1000, SOPInstanceUID);
}
