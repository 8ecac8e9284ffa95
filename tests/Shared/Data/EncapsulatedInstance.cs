using System.IO.Compression;

namespace PacsTools.TestKit.Data;

/// <summary>Instances in transfer syntaxes that nobody in these tests decodes: the pixel data are fragments of noise.</summary>
public static class EncapsulatedInstance
{
    public const string DeflatedExplicitLittleEndian = "1.2.840.10008.1.2.1.99";

    /// <summary>A secondary capture with encapsulated pixel data (PS3.5 A.4): empty offset table, two fragments.</summary>
    public static TestInstance Create(string transferSyntaxUID, int seed = 1, int fragmentLength = 5000)
    {
        TestInstance plain = TestStudy.CreateOne(new TestStudyOptions { Seed = seed, Modality = TestModality.SC, Rows = 4, Columns = 4, PatientID = transferSyntaxUID });
        int pixels = plain.DataSet.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xE0, 0x7F, 0x10, 0x00]);
        byte[] noise = new byte[fragmentLength / 2 * 2];
        new Random(seed).NextBytes(noise);
        byte[] item = [0xFE, 0xFF, 0x00, 0xE0];
        return plain with
        {
            TransferSyntaxUID = transferSyntaxUID,
            DataSet =
            [
                .. plain.DataSet.AsSpan(0, pixels),
                0xE0, 0x7F, 0x10, 0x00, (byte)'O', (byte)'B', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF,
                .. item, 0, 0, 0, 0,
                .. item, .. BitConverter.GetBytes(noise.Length), .. noise,
                .. item, .. BitConverter.GetBytes(noise.Length), .. noise.Reverse(),
                0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0,
            ],
        };
    }

    /// <summary>What a deflated data set (PS3.5 A.5) holds once inflated.</summary>
    public static byte[] Inflate(byte[] deflated)
    {
        using var inflater = new DeflateStream(new MemoryStream(deflated), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        inflater.CopyTo(plain);
        return plain.ToArray();
    }
}
