using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Dicom.Tests.Pdus;

public class PduMutationTests
{
    // A minute of the same with other seeds runs in long form; these are the same every time.
    private const int Rounds = 4000;

    // Objects are larger than the bytes that ask for them, by a bounded factor.
    private const int MaxBytesAByte = 32;

    public static TheoryData<string, byte[]> Seeds => new()
    {
        { "request", Vectors.AssociateRq },
        { "acceptance", Vectors.AssociateAc },
        { "user information", Wire.Associate(1, Vectors.UserInformationItem) },
        { "data", Vectors.PData },
        { "rejection", Vectors.AssociateRj },
        { "abort", Vectors.Abort },
    };

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Mutated_pdus_are_read_or_clean_errors_within_bounds(string name, byte[] seed)
    {
        var random = new Random(name.Length * 7919);
        var (read, refused) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Mutate(seed, random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                if (PduReader.TryRead(bytes, PduLimits.Default, out _, out var consumed))
                {
                    Assert.InRange(consumed, 6, bytes.Length);
                    read++;
                }
            }
            catch (DicomProtocolException error)
            {
                Assert.InRange(error.Offset, 0, bytes.Length);
                refused++;
            }

            // The constant pays for an exception with its text, and for what the runtime itself loads when the first of its kind is thrown.
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, bytes.Length * MaxBytesAByte + (256 * 1024));
        }

        Assert.True(read > 0 && refused > 0, $"{read} read, {refused} refused");
    }

    [Fact]
    public void A_mebibyte_of_empty_items_stays_within_bounds()
    {
        var syntaxes = Enumerable.Repeat(Wire.Item(0x40), 65000 / 4).SelectMany(i => i).ToArray();
        var contexts = Enumerable.Range(0, 16).Select(i => Wire.Item(0x20, [(byte)(2 * i + 1), 0, 0, 0, .. syntaxes])).ToArray();
        var bytes = Wire.Associate(1, contexts);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.True(PduReader.TryRead(bytes, PduLimits.Default, out _, out _));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 8L * bytes.Length);
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var bytes = new List<byte>(seed);
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes[at] = random.Next(2) == 0 ? (byte)0 : (byte)0xFF;
                    break;
                case 3:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 4 when bytes.Count > 8:
                    bytes.RemoveAt(at);
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, random.Next(Math.Min(16, bytes.Count - at) + 1)));
                    break;
            }
        }

        // Half of them get their length mended, so that what is inside is looked at.
        if (random.Next(2) == 0 && bytes.Count > 6)
        {
            for (var i = 0; i < 4; i++)
                bytes[2 + i] = (byte)((bytes.Count - 6) >> (24 - 8 * i));
        }

        return [.. bytes];
    }
}
