using FsCheck;
using FsCheck.Fluent;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;

namespace PacsTools.Dicom.Tests.Encodings;

public class RoundTripTests
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(300);

    public static TheoryData<string, bool> Forms => new(
        from syntax in (string[])[DicomUids.ImplicitVRLittleEndian, DicomUids.ExplicitVRLittleEndian, DicomUids.ExplicitVRBigEndian, DicomUids.DeflatedExplicitVRLittleEndian]
        from undefined in (bool[])[false, true]
        select (syntax, undefined));

    [Theory]
    [MemberData(nameof(Forms))]
    public void What_is_written_is_read_back(string uid, bool undefinedLengths)
    {
        TransferSyntax syntax = TransferSyntax.Get(uid);
        var options = new DatasetWriteOptions { UndefinedLengths = undefinedLengths };
        Prop.ForAll(DatasetGenerator.Datasets, dataset =>
        {
            DicomDataset read = DatasetReader.Read(DatasetWriter.Write(dataset, syntax, options), syntax);
            Compare(dataset, read, syntax.IsExplicitVR);
        }).Check(s_config);
    }

    [Fact]
    public void Bytes_are_the_same_when_what_was_read_is_written_again()
    {
        TransferSyntax syntax = TransferSyntax.ExplicitVRLittleEndian;
        Prop.ForAll(DatasetGenerator.Datasets, dataset =>
        {
            byte[] first = DatasetWriter.Write(dataset, syntax);
            Assert.Equal(first, DatasetWriter.Write(DatasetReader.Read(first, syntax), syntax));
        }).Check(s_config);
    }

    [Fact]
    public void A_syntax_in_between_loses_nothing_but_private_VRs()
    {
        Prop.ForAll(DatasetGenerator.Datasets, dataset =>
        {
            DicomDataset read = dataset;
            foreach (TransferSyntax syntax in (TransferSyntax[])[TransferSyntax.ExplicitVRBigEndian, TransferSyntax.DeflatedExplicitVRLittleEndian, TransferSyntax.ImplicitVRLittleEndian])
                read = DatasetReader.Read(DatasetWriter.Write(read, syntax), syntax);
            Compare(dataset, read, false);
        }).Check(s_config);
    }

    internal static void Compare(DicomDataset expected, DicomDataset actual, bool withVRs)
    {
        Assert.Equal(expected.Select(e => e.Tag), actual.Select(e => e.Tag));
        foreach (DicomElement element in expected)
        {
            DicomElement other = actual[element.Tag]!;
            if (withVRs || !element.Tag.IsPrivate) Assert.Equal(element.VR, other.VR);
            if (element.Items is { } items)
            {
                Assert.Equal(items.Count, other.Items!.Count);
                for (int i = 0; i < items.Count; i++) Compare(items[i], other.Items[i], withVRs);
                continue;
            }

            // Only padding may have been added.
            byte[] value = element.Value.ToArray();
            Assert.Equal(value, other.Value[..value.Length].ToArray());
            Assert.Equal(value.Length + (value.Length & 1), other.Value.Length);
            if (other.VR == element.VR && element.VR.IsText()) Assert.Equal(expected.GetText(element.Tag), actual.GetText(element.Tag));
        }
    }
}
