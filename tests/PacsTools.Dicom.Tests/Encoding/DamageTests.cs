using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Tests.Encodings;

/// <summary>Data sets cut at every byte, and changed at random: a data set or a clean error, and within bounds.</summary>
public class DamageTests
{
    private const int Rounds = 3000;

    // A header of 8 bytes can become an element, a dictionary entry and a problem that names it.
    private const int MaxBytesAByte = 64;
    private const int MaxForAnException = 64 << 10;

    public static TheoryData<string, bool> Syntaxes => new()
    {
        { DicomUids.ImplicitVRLittleEndian, false },
        { DicomUids.ImplicitVRLittleEndian, true },
        { DicomUids.ExplicitVRLittleEndian, false },
        { DicomUids.ExplicitVRLittleEndian, true },
        { DicomUids.ExplicitVRBigEndian, true },
        { DicomUids.JPEGBaseline8Bit, true },
    };

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void Cut_at_every_byte_it_is_an_error_or_what_stands_before(string uid, bool undefinedLengths)
    {
        TransferSyntax syntax = TransferSyntax.Get(uid);
        byte[] whole = Sample(syntax, undefinedLengths);
        int elements = DatasetReader.Read(whole, syntax).Count;
        int complete = 0;
        for (int length = 0; length < whole.Length; length++)
        {
            ReadOnlyMemory<byte> cut = whole.AsMemory(0, length);
            DicomDataset lenient = DatasetReader.Read(cut, syntax, new DatasetReadOptions { Lenient = true });
            try
            {
                DicomDataset strict = DatasetReader.Read(cut, syntax);
                Assert.InRange(strict.Count, 0, elements - 1);
                Assert.Equal(strict.Count, lenient.Count);
                complete++;
            }
            catch (DicomDataException error)
            {
                Assert.InRange(error.Offset, 0, length);
                Assert.InRange(lenient.Count, 0, elements);
            }

            Touch(lenient);
        }

        // Between two elements of the data set there is nothing to see of a cut. Elsewhere there always is, but for the first zero of
        // a tag in big endian, which looks like padding.
        Assert.InRange(complete, elements, syntax.IsBigEndian ? 2 * elements : elements);
    }

    [Fact]
    public void Cut_and_deflated_it_is_an_error_or_what_stands_before()
    {
        byte[] whole = Sample(TransferSyntax.DeflatedExplicitVRLittleEndian, false);
        for (int length = 0; length < whole.Length; length++)
        {
            try
            {
                Touch(DatasetReader.Read(whole.AsMemory(0, length), TransferSyntax.DeflatedExplicitVRLittleEndian));
            }
            catch (DicomDataException error)
            {
                Assert.True(error.AssociationSurvives);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void Changed_at_random_it_is_read_or_a_clean_error(string uid, bool undefinedLengths)
    {
        TransferSyntax syntax = TransferSyntax.Get(uid);
        byte[] whole = Sample(syntax, undefinedLengths);
        var random = new Random(uid.Length + (undefinedLengths ? 1 : 0));
        for (int round = 0; round < Rounds; round++)
        {
            byte[] bytes = Mutate(whole, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Touch(DatasetReader.Read(bytes, syntax));
            }
            catch (DicomDataException error)
            {
                Assert.InRange(error.Offset, 0, bytes.Length);
            }

            Touch(DatasetReader.Read(bytes, syntax, new DatasetReadOptions { Lenient = true, Problems = [] }));
            ScanInPieces(syntax, bytes, random);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (bytes.Length * MaxBytesAByte) + (3 * MaxForAnException));
        }
    }

    [Fact]
    public void Noise_is_read_or_a_clean_error()
    {
        var random = new Random(1);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            foreach (TransferSyntax syntax in (TransferSyntax[])[TransferSyntax.ImplicitVRLittleEndian, TransferSyntax.ExplicitVRLittleEndian, TransferSyntax.DeflatedExplicitVRLittleEndian])
            {
                Touch(DatasetReader.Read(bytes, syntax, new DatasetReadOptions { Lenient = true }));
                ScanInPieces(syntax, bytes, random);
            }
        }
    }

    private static void ScanInPieces(TransferSyntax syntax, byte[] bytes, Random random)
    {
        var scanner = new HeaderScanner(syntax, [DicomTags.PatientName, DicomTags.StudyInstanceUID]);
        for (int at = 0; at < bytes.Length;)
        {
            int count = Math.Min(1 + random.Next(40), bytes.Length - at);
            if (scanner.Advance(bytes.AsSpan(at, count))) break;
            at += count;
        }

        scanner.GetString(DicomTags.PatientName);
    }

    private static byte[] Sample(TransferSyntax syntax, bool undefinedLengths)
    {
        var deepest = new DicomDataset();
        deepest.SetString(DicomTags.PatientID, "deep");
        var item = new DicomDataset();
        item.SetString(DicomTags.PatientName, "Müller^Jörg");
        item.SetItems(DicomTags.ReferencedStudySequence, deepest, new DicomDataset());
        var dataset = new DicomDataset();
        dataset.SetString(DicomTags.SpecificCharacterSet, "ISO_IR 192");
        dataset.SetString(DicomTags.StudyDate, "20240102");
        dataset.SetString(DicomTags.ModalitiesInStudy, "CT", "MR");
        dataset.SetItems(DicomTags.ReferencedStudySequence, item);
        dataset.SetString(new DicomTag(0x0009, 0x0010), "ACME");
        dataset.SetBytes(new DicomTag(0x0009, 0x1001), DicomVR.UN, new byte[] { 1, 2, 3, 4 });
        dataset.SetString(DicomTags.PatientName, "Müller^Jörg=山田");
        dataset.SetString(DicomTags.StudyInstanceUID, "1.2.840.113619.2.1");
        dataset.SetUInt16(DicomTags.Rows, 2);
        if (syntax.IsEncapsulated) dataset.Set(DicomElement.OfFragments(DicomTags.PixelData, default, new byte[] { 0xFF, 0xD8 }, new byte[] { 0xFF, 0xD9 }));
        else dataset.SetBytes(DicomTags.PixelData, DicomVR.OW, new byte[] { 1, 2, 3, 4 });
        return DatasetWriter.Write(dataset, syntax, new DatasetWriteOptions { UndefinedLengths = undefinedLengths });
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        byte[] bytes = [.. seed];
        for (int changes = 1 + random.Next(4); changes > 0; changes--)
        {
            int at = random.Next(bytes.Length);
            switch (random.Next(5))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.AsSpan(at, Math.Min(4, bytes.Length - at)).Fill(0xFF); break;
                case 3: bytes = [.. bytes.AsSpan(0, at), .. bytes.AsSpan(Math.Min(bytes.Length, at + 1 + random.Next(8)))]; break;
                default: bytes = [.. bytes.AsSpan(0, at), .. seed.AsSpan(random.Next(seed.Length / 2), 12), .. bytes.AsSpan(at)]; break;
            }

            if (bytes.Length == 0) return [0];
        }

        return bytes;
    }

    // Values are decoded lazily, so whatever was read is also looked at.
    private static void Touch(DicomDataset dataset)
    {
        foreach (DicomElement element in dataset)
        {
            dataset.GetStrings(element.Tag);
            dataset.GetText(element.Tag);
            dataset.GetInt64(element.Tag);
            dataset.GetDouble(element.Tag);
            dataset.GetDate(element.Tag);
            dataset.GetTime(element.Tag);
            dataset.GetDateTime(element.Tag);
            dataset.GetPersonName(element.Tag);
            dataset.GetValues<ushort>(element.Tag);
            foreach (DicomDataset item in dataset.GetItems(element.Tag)) Touch(item);
        }
    }
}
