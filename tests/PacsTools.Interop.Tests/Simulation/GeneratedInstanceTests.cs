using PacsTools.Dicom.Data;
using PacsTools.Services.Simulation.TestData;
using PacsTools.TestKit;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Simulation;

/// <summary>Synthetic instances are valid in the judgement of dciodvfy and readable for DCMTK.</summary>
public sealed class GeneratedInstanceTests
{
    private static readonly TransferSyntax[] Syntaxes =
        [TransferSyntax.ExplicitVRLittleEndian, TransferSyntax.ImplicitVRLittleEndian, TransferSyntax.ExplicitVRBigEndian, TransferSyntax.DeflatedExplicitVRLittleEndian];

    public static TheoryData<SyntheticModality, SyntheticCharacterSet> Kinds
    {
        get
        {
            var kinds = new TheoryData<SyntheticModality, SyntheticCharacterSet>();
            foreach (SyntheticModality modality in Enum.GetValues<SyntheticModality>())
            {
                foreach (SyntheticCharacterSet set in Enum.GetValues<SyntheticCharacterSet>())
                    kinds.Add(modality, set);
            }
            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Dciodvfy_finds_no_error(SyntheticModality modality, SyntheticCharacterSet set)
    {
        Requirement.Dicom3Tools();
        using var folder = new TemporaryFolder();
        var options = new SyntheticStudyOptions { Modality = modality, CharacterSet = set, Rows = 31, Columns = 33, Frames = 3, Instances = 2 };
        foreach (string path in SyntheticStudy.Save(options, folder.Path))
        {
            IReadOnlyList<string> errors = await Dcmtk.VerifyAsync(path);
            Assert.True(errors.Count == 0, string.Join('\n', errors));
        }
    }

    [Fact]
    public async Task Every_native_transfer_syntax_says_the_same()
    {
        Requirement.Dcmtk();
        Requirement.Dicom3Tools();
        using var folder = new TemporaryFolder();
        foreach (SyntheticModality modality in Enum.GetValues<SyntheticModality>())
        {
            List<byte[]> normal = [];
            foreach (TransferSyntax syntax in Syntaxes)
            {
                var options = new SyntheticStudyOptions { Modality = modality, TransferSyntax = syntax, Rows = 16, Columns = 16, Frames = 2 };
                string path = SyntheticStudy.Save(options, folder.Create(modality + syntax.UID)).Single();
                await Dcmtk.TestFilesAsync([path]);
                // What DCMTK makes of it in one syntax is the same for all; dciodvfy reads no deflated files, so it looks at that.
                string converted = path + ".converted";
                await Dcmtk.ConvertAsync(path, converted, "+te", "--no-invalid-groups");
                Assert.Empty(await Dcmtk.VerifyAsync(converted));
                normal.Add(WithPixelsAsWords(PacsTools.TestKit.Data.TestInstance.DataSetOf(converted)));
            }
            Assert.All(normal, n => Assert.Equal(normal[0], n));
        }
    }

    /// <summary>Pixel data is OW wherever its representation is not written (PS3.5 A.1), so that cannot be compared.</summary>
    private static byte[] WithPixelsAsWords(byte[] dataSet)
    {
        int at = dataSet.AsSpan().LastIndexOf((byte[])[0xE0, 0x7F, 0x10, 0x00, (byte)'O', (byte)'B']);
        if (at >= 0)
            dataSet[at + 5] = (byte)'W';
        return dataSet;
    }
}
