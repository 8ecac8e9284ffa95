using FsCheck;
using FsCheck.Fluent;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Json;
using PacsTools.Dicom.Tests.Encodings;

namespace PacsTools.Dicom.Tests.Json;

public class JsonRoundTripTests
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(300);

    [Fact]
    public void What_is_written_is_read_back() => Prop.ForAll(DatasetGenerator.Datasets, dataset =>
    {
        byte[] json = DicomJsonWriter.Write(dataset);
        DicomDataset read = DicomJsonReader.Read(json);
        Compare(dataset, read);
        Assert.Equal(json, DicomJsonWriter.Write(read));
    }).Check(s_config);

    private static void Compare(DicomDataset expected, DicomDataset actual)
    {
        Assert.Equal(expected.Select(e => (e.Tag, e.VR)), actual.Select(e => (e.Tag, e.VR)));
        foreach (DicomElement element in expected)
        {
            DicomElement other = actual[element.Tag]!;
            if (element.Items is { } items)
            {
                Assert.Equal(items.Count, other.Items!.Count);
                for (int i = 0; i < items.Count; i++) Compare(items[i], other.Items[i]);
            }
            else if (element.VR.IsText())
            {
                Assert.Equal(Texts(expected, element), Texts(actual, element));
            }
            else if (element.VR is DicomVR.FL or DicomVR.FD)
            {
                // The many bit patterns of what is not a number are one word in JSON.
                Assert.Equal(expected.GetValues<double>(element.Tag), actual.GetValues<double>(element.Tag));
            }
            else
            {
                Assert.Equal(element.Value.ToArray(), other.Value.ToArray());
            }
        }
    }

    // Several empty values are told from none by nobody.
    private static string[] Texts(DicomDataset dataset, DicomElement element) => element.VR == DicomVR.PN
        ? Array.ConvertAll(dataset.GetStrings(element.Tag), text => PersonName.Parse(text).ToString())
        : dataset.GetStrings(element.Tag);
}
