using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Kit;

/// <summary>Synthetic instances are valid by other people's judgement.</summary>
public sealed class TestDataTests
{
    public static TheoryData<TestModality, TestCharacterSet, bool> Kinds
    {
        get
        {
            var kinds = new TheoryData<TestModality, TestCharacterSet, bool>();
            foreach (TestModality modality in Enum.GetValues<TestModality>())
            {
                kinds.Add(modality, TestCharacterSet.Ascii, true);
                kinds.Add(modality, TestCharacterSet.Ascii, false);
            }
            foreach (TestCharacterSet set in Enum.GetValues<TestCharacterSet>().Except([TestCharacterSet.Ascii]))
                kinds.Add(TestModality.CT, set, true);
            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Dciodvfy_finds_no_error(TestModality modality, TestCharacterSet set, bool explicitVR)
    {
        Requirement.Dicom3Tools();
        using var folder = new TemporaryFolder();
        var options = new TestStudyOptions { Modality = modality, CharacterSet = set, ExplicitVR = explicitVR, Rows = 32, Columns = 32 };
        string path = TestStudy.CreateOne(options).Save(folder.Path);
        IReadOnlyList<string> errors = await Dcmtk.VerifyAsync(path);
        Assert.True(errors.Count == 0, string.Join('\n', errors));
    }

    [Fact]
    public async Task Dcmtk_reads_every_kind()
    {
        Requirement.Dcmtk();
        using var folder = new TemporaryFolder();
        List<string> paths = [];
        foreach (TestModality modality in Enum.GetValues<TestModality>())
            paths.AddRange(TestStudy.Save(new TestStudyOptions { Modality = modality, Instances = 2, Rows = 16, Columns = 16 }, folder.Create(modality.ToString())));
        paths.Add(folder["big.dcm"]);
        BigInstance.Save(paths[^1], 3 << 20);
        await Dcmtk.TestFilesAsync(paths);
        await Dcmtk.DumpAllAsync(paths);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_gives_others()
    {
        byte[] first = TestStudy.CreateOne(TestStudy.Tiny(1)).ToFile();
        Assert.Equal(first, TestStudy.CreateOne(TestStudy.Tiny(1)).ToFile());
        Assert.NotEqual(first, TestStudy.CreateOne(TestStudy.Tiny(1, seed: 2)).ToFile());
    }
}
