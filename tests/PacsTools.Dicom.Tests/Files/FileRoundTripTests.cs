using FsCheck;
using FsCheck.Fluent;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Files;
using PacsTools.Dicom.Tests.Encodings;
using PacsTools.TestKit.Processes;

namespace PacsTools.Dicom.Tests.Files;

/// <summary>Data sets and file meta information of every kind through files and back.</summary>
public sealed class FileRoundTripTests : IDisposable
{
    private static readonly Gen<string> s_uid =
        from parts in Gen.Choose(0, 99999).ListOf(5)
        select "1." + string.Join('.', parts);

    private static readonly Gen<string?> s_title = Gen.Elements(null, "A", "SIXTEEN_CHARS_AE", "with space");

    private static readonly Gen<FileMetaInformation> s_meta =
        from syntax in Gen.Elements(DicomUids.ImplicitVRLittleEndian, DicomUids.ExplicitVRLittleEndian, DicomUids.ExplicitVRBigEndian, DicomUids.DeflatedExplicitVRLittleEndian)
        from uids in s_uid.ListOf(4)
        from titles in s_title.ListOf(3)
        from bytes in Gen.Choose(0, 255).Select(b => (byte)b).ListOf().Resize(20)
        select new FileMetaInformation
        {
            TransferSyntaxUID = syntax,
            MediaStorageSOPClassUID = uids[0],
            MediaStorageSOPInstanceUID = uids[1],
            ImplementationClassUID = uids[2],
            ImplementationVersionName = titles[0] is null ? null : "VERSION",
            SourceApplicationEntityTitle = titles[0],
            SendingApplicationEntityTitle = titles[1],
            ReceivingApplicationEntityTitle = titles[2],
            PrivateInformationCreatorUID = uids[3],
            PrivateInformation = bytes.Take(bytes.Count & ~1).ToArray(),
        };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_saved_is_read_back()
    {
        string path = _folder["file.dcm"];
        Prop.ForAll(s_meta.ToArbitrary(), DatasetGenerator.Datasets, (meta, dataset) =>
        {
            DicomFile.Save(path, meta, dataset);
            DicomFile file = DicomFile.Open(path, new DicomFileReadOptions { ReadPixelData = true });
            Assert.Equal(meta with { PrivateInformation = default }, file.FileMeta with { PrivateInformation = default });
            Assert.Equal(meta.PrivateInformation.ToArray(), file.FileMeta.PrivateInformation.ToArray());
            RoundTripTests.Compare(dataset, file.Dataset, file.TransferSyntax.IsExplicitVR);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }
}
