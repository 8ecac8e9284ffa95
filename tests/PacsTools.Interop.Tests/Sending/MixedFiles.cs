using PacsTools.Dicom.Data;
using PacsTools.Dicom.Files;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Sending;

/// <summary>A folder as administrators have them: many SOP classes and transfer syntaxes, and files that are broken or none of ours.</summary>
internal sealed class MixedFiles
{
    private const string BigEndian = "1.2.840.10008.1.2.2", Deflated = "1.2.840.10008.1.2.1.99";

    /// <summary>Transfer syntaxes: four native, five compressed.</summary>
    public static readonly string[] Syntaxes =
    [
        TestStudy.ExplicitLittleEndian, TestStudy.ImplicitLittleEndian, BigEndian, Deflated,
        "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.5",
    ];

    // CT, MR, SC, CR, DX, MG, NM, PET, XA, US, US multi-frame, presentation state, RT dose, raw data, encapsulated PDF.
    public static readonly string[] Classes =
    [
        .. ((string[])["2", "4", "7", "1", "1.1", "1.2", "20", "128", "12.1", "6.1", "3.1", "11.1", "481.2", "66", "104.1"]).Select(s => "1.2.840.10008.5.1.4.1.1." + s),
    ];

    private readonly TemporaryFolder _folder;

    private MixedFiles(TemporaryFolder folder) => _folder = folder;

    /// <summary>The instances by path.</summary>
    public Dictionary<string, TestInstance> Good { get; } = [];

    /// <summary>Everything else by path, with the id it is to be told under.</summary>
    public Dictionary<string, string> Bad { get; } = [];

    public IEnumerable<string> Paths => Good.Keys.Concat(Bad.Keys).Order(StringComparer.Ordinal);

    /// <summary>Writes so many instances and everything else there is.</summary>
    public static MixedFiles Create(TemporaryFolder folder, int count)
    {
        var files = new MixedFiles(folder);
        folder.Create("mixed");
        for (int i = 0; i < count; i++)
            files.AddGood(Syntaxes[i % Syntaxes.Length], Classes[i / 2 % Classes.Length], i + 1);
        files.AddBad();
        return files;
    }

    private void AddGood(string syntax, string sopClass, int seed)
    {
        bool native = syntax is TestStudy.ExplicitLittleEndian or TestStudy.ImplicitLittleEndian or BigEndian or Deflated;
        TestInstance made = native
            ? TestStudy.CreateOne(TestStudy.Tiny(1, seed) with { Modality = TestModality.SC, ExplicitVR = syntax != TestStudy.ImplicitLittleEndian, PatientID = "MIXED" })
            : EncapsulatedInstance.Create(syntax, seed, 600);
        TestInstance instance = made with { SOPClassUID = sopClass, DataSet = WithClass(made, sopClass) };
        string path = Path.Combine(_folder["mixed"], $"{seed:0000}.dcm");
        if (syntax is BigEndian or Deflated)
        {
            string plain = instance.Save(_folder.Create("plain"));
            DicomFile file = DicomFile.Open(plain, new DicomFileReadOptions { ReadPixelData = true });
            DicomFile.Save(path, file.FileMeta with { TransferSyntaxUID = syntax }, file.Dataset);
            instance = instance with { TransferSyntaxUID = syntax, DataSet = TestInstance.DataSetOf(path) };
        }
        else
        {
            File.WriteAllBytes(path, (instance with { TransferSyntaxUID = syntax }).ToFile());
            instance = instance with { TransferSyntaxUID = syntax };
        }
        Good.Add(path, instance);
    }

    // Of equal length, so that the rest stays where it is: SOP Class UID (0008,0016) is padded with NULs.
    private static byte[] WithClass(TestInstance made, string sopClass)
    {
        bool explicitVR = made.TransferSyntaxUID != TestStudy.ImplicitLittleEndian;
        byte[] old = new RawDataSet().Text(0x00080016, "UI", made.SOPClassUID).ToBytes(explicitVR);
        byte[] new_ = new RawDataSet().Text(0x00080016, "UI", sopClass).ToBytes(explicitVR);
        int at = made.DataSet.AsSpan().IndexOf(old);
        return [.. made.DataSet[..at], .. new_, .. made.DataSet[(at + old.Length)..]];
    }

    private void AddBad()
    {
        TestInstance whole = TestStudy.CreateOne(new TestStudyOptions { Rows = 16, Columns = 16, Seed = 99 });
        TestInstance compressed = EncapsulatedInstance.Create("1.2.840.10008.1.2.4.70", 98);
        byte[] file = whole.ToFile();
        int data = file.Length - whole.DataSet.Length;
        Add("empty.dcm", "Send.NotDicom", []);
        Add("zeros.dcm", "Send.NotDicom", new byte[4000]);
        Add("short.txt", "Send.NotDicom", "no image"u8);
        Add("long.txt", "Send.NotDicom", System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("This is no image. ", 100))));
        Add("page.html", "Send.NotDicom", System.Text.Encoding.ASCII.GetBytes("<!DOCTYPE html><html>" + new string(' ', 500) + "</html>"));
        Add("photo.jpg", "Send.NotDicom", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF"u8, .. new byte[500], 0xFF, 0xD9]);
        Add("chart.png", "Send.NotDicom", [0x89, .. "PNG\r\n\x1a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, .. new byte[300]]);
        Add("archive.zip", "Send.NotDicom", [.. "PK"u8, 3, 4, 20, 0, .. new byte[300]]);
        Add("preamble.dcm", "Send.NotDicom", [.. new byte[128], .. "DICM"u8]);
        Add("nonsense.dcm", "Send.NotDicom", [.. new byte[128], .. "DICM"u8, 1, 2, 3]);
        Add("cut-in-meta.dcm", "Send.NotDicom", file.AsSpan(0, 200));
        Add("cut-in-header.dcm", "Send.Damaged", file.AsSpan(0, data + 303));
        Add("cut-in-pixels.dcm", "Send.Damaged", file.AsSpan(0, file.Length - 100));
        Add("cut-in-fragment.dcm", "Send.Damaged", compressed.ToFile().AsSpan(0, compressed.ToFile().Length - 1000));
        Add("cut-at-delimiter.dcm", "Send.Damaged", compressed.ToFile().AsSpan(0, compressed.ToFile().Length - 8));
        Add("DICOMDIR", "Send.NoInstance", [.. TestInstance.FileHead(DicomUids.MediaStorageDirectoryStorage, "1.2.3", TestStudy.ExplicitLittleEndian), .. new RawDataSet().Text(0x00041130, "CS", "SET").ToBytes(explicitVR: true)]);
        RawDataSet nameless = new RawDataSet().Text(0x00080016, "UI", TestStudy.CTImageStorage).Text(0x00100020, "LO", "NAMELESS");
        Add("no-instance.dcm", "Send.NoInstance", nameless.ToBytes(explicitVR: true));
        Add("no-class.dcm", "Send.NoInstance", new RawDataSet().Text(0x00080018, "UI", "1.2.3.4").Text(0x00100020, "LO", "CLASSLESS").ToBytes(explicitVR: true));
        Bad.Add(_folder["mixed", "gone.dcm"], "Send.CannotRead");
        File.CreateSymbolicLink(_folder["mixed", "link.dcm"], _folder["nothing"]);
        Bad.Add(_folder["mixed", "link.dcm"], "Send.CannotRead");
    }

    private void Add(string name, string id, ReadOnlySpan<byte> content)
    {
        string path = _folder["mixed", name];
        File.WriteAllBytes(path, content.ToArray());
        Bad.Add(path, id);
    }
}
