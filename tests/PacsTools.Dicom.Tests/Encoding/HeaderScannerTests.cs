using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Tests.Pdus;

namespace PacsTools.Dicom.Tests.Encodings;

public class HeaderScannerTests
{
    private static readonly DicomTag[] s_wanted = [DicomTags.SOPInstanceUID, DicomTags.PatientName, DicomTags.StudyInstanceUID, DicomTags.SeriesInstanceUID];

    public static TheoryData<string, bool> Syntaxes => new(
        from syntax in (string[])[DicomUids.ImplicitVRLittleEndian, DicomUids.ExplicitVRLittleEndian, DicomUids.ExplicitVRBigEndian, DicomUids.DeflatedExplicitVRLittleEndian]
        from undefined in (bool[])[false, true]
        select (syntax, undefined));

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void Pieces_of_any_size_tell_the_same(string uid, bool undefinedLengths)
    {
        TransferSyntax syntax = TransferSyntax.Get(uid);
        byte[] bytes = DatasetWriter.Write(Sample(), syntax, new DatasetWriteOptions { UndefinedLengths = undefinedLengths });
        for (int size = 1; size <= bytes.Length; size++)
        {
            var scanner = new HeaderScanner(syntax, s_wanted);
            int at = 0;
            while (at < bytes.Length && !scanner.Advance(bytes.AsSpan(at, Math.Min(size, bytes.Length - at)))) at += size;
            Assert.True(scanner.IsFinished);
            Assert.False(scanner.Failed);
            Assert.Equal(["1.2.3", "Müller", "1.2.840.1", "1.2.840.1.1"], s_wanted.Select(scanner.GetString));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_cut_that_is_not_between_two_elements_is_seen(bool undefinedLengths)
    {
        foreach (string uid in (string[])[DicomUids.ImplicitVRLittleEndian, DicomUids.ExplicitVRLittleEndian, DicomUids.ExplicitVRBigEndian])
        {
            var syntax = TransferSyntax.Get(uid);
            var options = new DatasetWriteOptions { UndefinedLengths = undefinedLengths };
            DicomDataset sample = Sample();
            byte[] bytes = DatasetWriter.Write(sample, syntax, options);
            // A data set may end before each of its elements.
            HashSet<int> ends = [];
            var before = new DicomDataset();
            foreach (DicomElement element in sample)
            {
                before.TryAdd(element);
                ends.Add(DatasetWriter.Write(before, syntax, options).Length);
            }

            Assert.Contains(bytes.Length, ends);
            for (int length = ElementHeader.MaxSize; length <= bytes.Length; length++)
            {
                var scanner = new HeaderScanner(syntax, s_wanted);
                scanner.Advance(bytes.AsSpan(0, length / 2));
                scanner.Advance(bytes.AsSpan(length / 2, length - (length / 2)));
                // Zeros behind the last element may be padding, whatever they were meant to become.
                bool isEnd = bytes[ends.Where(e => e <= length).DefaultIfEmpty().Max()..length].All(b => b == 0);
                Assert.True(scanner.IsBrokenOff != isEnd, $"{uid} cut after {length} of {bytes.Length} bytes");
            }
        }
    }

    [Theory]
    [InlineData("0800 1800 'UI' 0600 '1.2.3' 00  000000000000")]
    [InlineData("2000 0D00 'UI' 0400 '1.2' 00  0800 1800 'UI' 0600 '1.2'")]
    [InlineData("0800 1800 'UI' 0600 '1.2.3' 00  0800 1011 'SQ' 0000 FFFFFFFF FEFF 0DE0 00000000 FEFF")]
    public void Padding_and_what_cannot_be_followed_are_not_called_broken_off(string bytes)
    {
        var scanner = new HeaderScanner(TransferSyntax.ExplicitVRLittleEndian, s_wanted);
        scanner.Advance(Wire.Parse(bytes));
        Assert.False(scanner.IsBrokenOff);
    }

    [Fact]
    public void It_is_finished_with_the_last_byte_it_needs()
    {
        byte[] bytes = Wire.Parse("0800 1800 'UI' 0600 '1.2.3' 00  2000 0D00 'UI' 0400 '1.2' 00  2000 0E00 'UI' 0400 '1.3' 00");
        var scanner = new HeaderScanner(TransferSyntax.ExplicitVRLittleEndian, [DicomTags.StudyInstanceUID]);
        Assert.False(scanner.Advance(bytes.AsSpan(0, 25)));
        Assert.Null(scanner.GetString(DicomTags.StudyInstanceUID));
        Assert.True(scanner.Advance(bytes.AsSpan(25, 1)));
        Assert.Equal("1.2", scanner.GetString(DicomTags.StudyInstanceUID));
    }

    [Fact]
    public void It_is_finished_when_the_highest_tag_was_passed_over()
    {
        var scanner = new HeaderScanner(TransferSyntax.ExplicitVRLittleEndian, [DicomTags.StudyInstanceUID]);
        Assert.True(scanner.Advance(Wire.Parse("0800 1800 'UI' 0600 '1.2.3' 00  2800 1000 'US' 0200 0002")));
        Assert.False(scanner.Failed);
        Assert.Null(scanner.GetString(DicomTags.StudyInstanceUID));
    }

    [Theory]
    [InlineData("E07F 1000 'OB' 0000 FFFFFFFF")]
    [InlineData("E07F 1000 'OW' 0000 00000010")]
    public void It_is_finished_at_pixel_data_whatever_is_wanted(string pixels)
    {
        var scanner = new HeaderScanner(TransferSyntax.ExplicitVRLittleEndian, [new DicomTag(0xFFFC, 0xFFFC)]);
        Assert.True(scanner.Advance(Wire.Parse("0800 6000 'CS' 0200 'CT'" + pixels)));
        Assert.False(scanner.Failed);
    }

    [Fact]
    public void Tags_inside_items_are_not_the_ones_wanted()
    {
        byte[] bytes = Wire.Parse("""
            0800 1011 'SQ' 0000 FFFFFFFF
              FEFF 00E0 FFFFFFFF
                0800 1011 'SQ' 0000 FFFFFFFF
                  FEFF 00E0 0C000000  2000 0D00 'UI' 0400 '9.9' 00
                FEFF DDE0 00000000
                2000 0D00 'UI' 0400 '9.8' 00
              FEFF 0DE0 00000000
            FEFF DDE0 00000000
            0900 0110 'UN' 0000 FFFFFFFF
              FEFF 00E0 FFFFFFFF  2000 0D00 04000000 '9.7' 00  FEFF 0DE0 00000000
            FEFF DDE0 00000000
            2000 0D00 'UI' 0400 '1.2' 00
            """);
        var scanner = new HeaderScanner(TransferSyntax.ExplicitVRLittleEndian, [DicomTags.StudyInstanceUID]);
        Assert.True(scanner.Advance(bytes));
        Assert.Equal("1.2", scanner.GetString(DicomTags.StudyInstanceUID));
    }

    [Theory]
    [InlineData("0800 1800 06000000 '1.2.3' 00  2000 0D00 04000000 '1.2' 00")]
    [InlineData("0800 1800 'UI' 0600 '1.2.3' 00  2000 0D00 'UI' 0400 '1.2' 00")]
    public void Another_form_than_announced_is_seen(string bytes)
    {
        foreach (TransferSyntax announced in (TransferSyntax[])[TransferSyntax.ImplicitVRLittleEndian, TransferSyntax.ExplicitVRLittleEndian])
        {
            var scanner = new HeaderScanner(announced, [DicomTags.StudyInstanceUID]);
            foreach (byte b in Wire.Parse(bytes)) scanner.Advance([b]);
            Assert.Equal("1.2", scanner.GetString(DicomTags.StudyInstanceUID));
        }
    }

    [Fact]
    public void A_first_VR_that_is_none_does_not_make_the_data_implicit()
    {
        var scanner = new HeaderScanner(TransferSyntax.ExplicitVRLittleEndian, [DicomTags.StudyInstanceUID]);
        Assert.True(scanner.Advance(Wire.Parse("0800 1800 '??' 0600 '1.2.3' 00  2000 0D00 'UI' 0400 '1.2' 00")));
        Assert.Equal("1.2", scanner.GetString(DicomTags.StudyInstanceUID));
    }

    [Theory]
    [InlineData("0800 1011 'SQ' 0000 FFFFFFFF 2000 0D00 'UI' 0400 '1.2' 00")]
    [InlineData("0800 1011 'SQ' 0000 FFFFFFFF FEFF 0DE0 00000000")]
    [InlineData("0800 1011 'SQ' 0000 FFFFFFFF FEFF 00E0 FFFFFFFF FEFF DDE0 00000000")]
    public void What_cannot_be_followed_fails(string bytes)
    {
        var scanner = new HeaderScanner(TransferSyntax.ExplicitVRLittleEndian, [DicomTags.StudyInstanceUID]);
        Assert.True(scanner.Advance(Wire.Parse(bytes)));
        Assert.True(scanner.Failed);
    }

    [Fact]
    public void Bytes_that_do_not_inflate_fail()
    {
        var scanner = new HeaderScanner(TransferSyntax.DeflatedExplicitVRLittleEndian, s_wanted);
        Assert.True(scanner.Advance(Wire.Parse("FFFF FFFF FFFF FFFF")));
        Assert.True(scanner.Failed);
    }

    [Fact]
    public void No_more_than_a_mebibyte_is_looked_at()
    {
        var scanner = new HeaderScanner(TransferSyntax.ExplicitVRLittleEndian, s_wanted);
        byte[] element = [.. Wire.Parse("0900 0110 'LO' 0001"), .. new byte[256]];
        int looked = 0;
        while (!scanner.Advance(element)) looked += element.Length;
        Assert.InRange(looked, HeaderScanner.MaxBytes - (2 * element.Length), HeaderScanner.MaxBytes);

        // A value which leads beyond is not waited for.
        scanner = new HeaderScanner(TransferSyntax.ExplicitVRLittleEndian, s_wanted);
        Assert.True(scanner.Advance(Wire.Parse("0900 0110 'OB' 0000 00001000")));
        Assert.False(scanner.Failed);
    }

    [Fact]
    public void A_wanted_value_nobody_would_want_is_not_kept()
    {
        var scanner = new HeaderScanner(TransferSyntax.ImplicitVRLittleEndian, s_wanted);
        byte[] bytes = [.. Wire.Parse("0800 6000 02000000 'CT' 1000 1000 00000800"), .. new byte[1 << 19], .. Wire.Parse("2000 0D00 04000000 '1.2' 00")];
        // The dictionary is read when it is first asked.
        new HeaderScanner(TransferSyntax.ImplicitVRLittleEndian, s_wanted).Advance(bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        scanner.Advance(bytes);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 10);
        Assert.Null(scanner.GetString(DicomTags.PatientName));
        Assert.Equal("1.2", scanner.GetString(DicomTags.StudyInstanceUID));
    }

    private static DicomDataset Sample()
    {
        var item = new DicomDataset();
        item.SetString(DicomTags.StudyInstanceUID, "9.9");
        item.SetItems(DicomTags.ReferencedStudySequence, new DicomDataset());
        var dataset = new DicomDataset();
        dataset.SetString(DicomTags.SpecificCharacterSet, "ISO_IR 192");
        dataset.SetString(DicomTags.SOPInstanceUID, "1.2.3");
        dataset.SetItems(DicomTags.ReferencedStudySequence, item);
        dataset.SetBytes(new DicomTag(0x0009, 0x1001), DicomVR.OB, new byte[50]);
        dataset.SetString(DicomTags.PatientName, "Müller");
        dataset.SetString(DicomTags.StudyInstanceUID, "1.2.840.1");
        dataset.SetString(DicomTags.SeriesInstanceUID, "1.2.840.1.1");
        dataset.SetUInt16(DicomTags.Rows, 512);
        return dataset;
    }
}
