using System.Text.Json.Nodes;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Files;
using PacsTools.TestKit;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Query;

/// <summary>Person names in many character sets: written by us, read by dcm2json, converted to UTF-8 by dcmconv, read by us again.</summary>
/// <remarks>ISO 2022 IR 87 is not among them: DCMTK as Debian builds it cannot convert it. Reading it is tested against the examples of PS3.5 H.</remarks>
public sealed class CharacterSetTests
{
    public static TheoryData<string, string> Names => new()
    {
        { "", "DOE^JANE^MARY" },
        { "ISO_IR 100", "Müller^Jürgen" },
        { "ISO_IR 101", "Wałęsa^Łukasz" },
        { "ISO_IR 109", "Ĉapek^Ĝoĝo" },
        { "ISO_IR 110", "Bērziņš^Jānis" },
        { "ISO_IR 144", "Люкceмбypг^Иван" },
        { "ISO_IR 127", "قباني^لنزار" },
        { "ISO_IR 126", "Διονυσιος^Νικος" },
        { "ISO_IR 138", "שרון^דבורה" },
        { "ISO_IR 148", "Çavuşoğlu^İsmail" },
        { "ISO_IR 13", "ﾔﾏﾀﾞ^ﾀﾛｳ" },
        { "ISO_IR 166", "นามสกุล^ชื่อ" },
        { "\\ISO 2022 IR 149", "Hong^Gildong=洪^吉洞=홍^길동" },
        { "\\ISO 2022 IR 58", "Zhang^XiaoDong=张^小东" },
        { "ISO_IR 192", "Wang^XiaoDong=王^小東" },
        { "GB18030", "Wang^XiaoDong=王^小东" },
        { "GBK", "Wang^XiaoDong=王^小东" },
        { "ISO 2022 IR 100\\ISO 2022 IR 144", "Müller^Иван" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_name_goes_out_and_comes_back(string terms, string name)
    {
        Requirement.Dcmtk();
        Requirement.That("dcmtk", ProgramFinder.Find("dcm2json") is not null, "dcmtk is not installed here: no dcm2json.");
        using var folder = new TemporaryFolder("names");
        string file = folder["out.dcm"];
        Write(file, terms, name);

        string json = await Dcmtk.ToJsonAsync(file);
        Assert.Equal(name, NameIn(json));

        string back = folder["back.dcm"];
        await Dcmtk.ConvertAsync(file, back, "--convert-to-utf8");
        Assert.Equal(name, DicomFile.Open(back).Dataset.GetText(DicomTags.PatientName));
        Assert.Equal(name, DicomFile.Open(file).Dataset.GetText(DicomTags.PatientName));
    }

    private static void Write(string path, string terms, string name)
    {
        var dataset = new DicomDataset();
        if (terms.Length > 0)
            dataset.SetString(DicomTags.SpecificCharacterSet, DicomVR.CS, terms.Split('\\'));
        dataset.SetString(DicomTags.SOPClassUID, DicomUids.SecondaryCaptureImageStorage);
        dataset.SetString(DicomTags.SOPInstanceUID, "2.25.1");
        dataset.SetString(DicomTags.PatientName, name);
        var meta = new FileMetaInformation
        {
            MediaStorageSOPClassUID = DicomUids.SecondaryCaptureImageStorage,
            MediaStorageSOPInstanceUID = "2.25.1",
            TransferSyntaxUID = TransferSyntax.ExplicitVRLittleEndian.UID,
        };
        DicomFile.Save(path, meta, dataset);
    }

    private static string NameIn(string json)
    {
        JsonNode value = JsonNode.Parse(json)!["00100010"]!["Value"]![0]!;
        string?[] groups = ["Alphabetic", "Ideographic", "Phonetic"];
        return string.Join('=', groups.Select(group => value[group!]?.GetValue<string>() ?? "")).TrimEnd('=');
    }
}
