using PacsTools.Dicom.Data;
using PacsTools.Dicom.Files;
using PacsTools.Services.Query;
using PacsTools.Services.Simulation;
using PacsTools.TestKit.Processes;

namespace PacsTools.Services.Tests.Simulation;

/// <summary>The index: what it holds, counts, replaces and forgets.</summary>
public sealed class ArchiveIndexTests
{
    [Fact]
    public void Instances_make_their_series_study_and_patient()
    {
        var index = new ArchiveIndex();
        index.Add(Header("P", "1", "1.1", "1.1.1"));
        index.Add(Header("P", "1", "1.1", "1.1.2"));
        index.Add(Header("P", "1", "1.2", "1.2.1"));
        index.Add(Header("P", "2", "2.1", "2.1.1"));
        Assert.Equal((2, 4), (index.StudyCount, index.InstanceCount));
        var patient = Assert.IsType<IndexedGroup>(Assert.Single(index.Patients()));
        GroupTotals totals = index.TotalsOf(patient);
        Assert.Equal((2, 3, 4), (totals.Studies, totals.Series, totals.Instances));
        var study = Assert.IsType<IndexedGroup>(Assert.Single(index.Find(QueryLevel.Study, "1")));
        Assert.Equal((2, 3), (index.TotalsOf(study).Series, index.TotalsOf(study).Instances));
    }

    [Fact]
    public void An_instance_that_comes_again_replaces_the_first()
    {
        var index = new ArchiveIndex();
        Assert.Null(index.Add(Header("P", "1", "1.1", "1.1.1", "a.dcm")));
        IndexedInstance? replaced = index.Add(Header("P", "1", "1.1", "1.1.1", "b.dcm"));
        Assert.Equal("a.dcm", Path.GetFileName(replaced!.Path));
        Assert.Equal("b.dcm", Path.GetFileName(index.FindInstance("1.1.1")!.Path));
        Assert.Equal((1, 1), (index.StudyCount, index.InstanceCount));
    }

    [Fact]
    public void An_instance_that_moves_leaves_no_empty_study_behind()
    {
        var index = new ArchiveIndex();
        index.Add(Header("P", "1", "1.1", "9"));
        index.Add(Header("Q", "2", "2.1", "9"));
        Assert.Equal((1, 1), (index.StudyCount, index.InstanceCount));
        Assert.Empty(index.Find(QueryLevel.Study, "1"));
        Assert.Equal("Q", Assert.Single(index.Patients()).ReadAttributes().GetString(DicomTags.PatientID));
    }

    [Fact]
    public void Patients_without_an_id_are_not_thrown_together()
    {
        var index = new ArchiveIndex();
        index.Add(Header("", "1", "1.1", "1.1.1"));
        index.Add(Header("", "2", "2.1", "2.1.1"));
        Assert.Equal(2, index.Patients().Count);
    }

    [Fact]
    public void The_same_id_of_another_issuer_is_another_patient_found_by_the_same_key()
    {
        var index = new ArchiveIndex();
        index.Add(Header("P", "1", "1.1", "1.1.1"));
        InstanceHeader other = Header("P", "2", "2.1", "2.1.1");
        other.Dataset.SetString(DicomTags.IssuerOfPatientID, "ELSEWHERE");
        index.Add(other);
        index.Add(Header("P1", "3", "3.1", "3.1.1"));
        Assert.Equal(3, index.Patients().Count);
        Assert.Equal(2, index.Find(QueryLevel.Patient, "P").Count);
    }

    [Fact]
    public void What_is_kept_reads_as_it_was()
    {
        var index = new ArchiveIndex();
        InstanceHeader header = Header("P", "1", "1.1", "1.1.1", "Ünï ✓.dcm");
        header.Dataset.SetString(DicomTags.SpecificCharacterSet, "", "ISO 2022 IR 87");
        header.Dataset.SetString(DicomTags.PatientName, "Yamada^Tarou=山田^太郎=やまだ^たろう");
        var code = new DicomDataset();
        code.SetString(DicomTags.CodeMeaning, "胸部");
        header.Dataset.SetItems(DicomTags.ProcedureCodeSequence, code);
        index.Add(header);
        DicomDataset patient = Assert.Single(index.Patients()).ReadAttributes();
        Assert.Equal("Yamada^Tarou=山田^太郎=やまだ^たろう", patient.GetString(DicomTags.PatientName));
        DicomDataset study = Assert.Single(index.Find(QueryLevel.Study, "1")).ReadAttributes();
        Assert.Equal("胸部", Assert.Single(study.GetItems(DicomTags.ProcedureCodeSequence)).GetString(DicomTags.CodeMeaning));
        StoredInstance stored = index.FindInstance("1.1.1")!.Describe();
        Assert.Equal(new StoredInstance("1.2.840.10008.5.1.4.1.1.2", "1.1.1", "1.2.840.10008.1.2.1", Path.Combine("folder", "Ünï ✓.dcm"), 400), stored);
    }

    [Fact]
    public void A_sequence_too_long_to_be_read_is_left_out_and_the_instance_taken_in()
    {
        using var folder = new TemporaryFolder("index");
        var path = folder["long.dcm"];
        var dataset = Header("P", "1", "1.1", "1.1.1").Dataset;
        var code = new DicomDataset();
        code.SetString(DicomTags.TextValue, new string('x', 70_000));
        dataset.SetItems(DicomTags.ProcedureCodeSequence, code);
        DicomFile.Save(path, new FileMetaInformation { TransferSyntaxUID = DicomUids.ExplicitVRLittleEndian }, dataset);
        var index = new ArchiveIndex();
        index.Add(Header("P", "1", "1.1", "1.1.1"));
        index.Add(HeaderReader.TryRead(path)!);
        Assert.Equal(path, index.FindInstance("1.1.1")!.Path);
        new FolderScan(index, new RecordingLog()).Run(folder.Path, CancellationToken.None);
        var study = Assert.Single(index.Find(QueryLevel.Study, "1")).ReadAttributes();
        Assert.Equal("1", study.GetString(DicomTags.StudyInstanceUID));
        Assert.False(study.Contains(DicomTags.ProcedureCodeSequence));
    }

    [Fact]
    public void A_sequence_of_many_items_is_not_kept_of_every_instance()
    {
        var index = new ArchiveIndex();
        var header = Header("P", "1", "1.1", "1.1.1");
        header.Dataset.SetItems(DicomTags.ProcedureCodeSequence, [.. Enumerable.Range(0, 1000).Select(i =>
        {
            var item = new DicomDataset();
            item.SetString(DicomTags.CodeMeaning, $"code {i}");
            return item;
        })]);
        index.Add(header);
        Assert.False(Assert.Single(index.Find(QueryLevel.Study, "1")).ReadAttributes().Contains(DicomTags.ProcedureCodeSequence));
    }

    [Theory]
    [InlineData("1.2.3", "1.2.30")]
    [InlineData("1.2.3", "1.2.3.")]
    [InlineData("1.2.3", "1.23")]
    [InlineData("", "0")]
    [InlineData("not a uid", "not a uiD")]
    public void Different_uids_are_different_keys(string one, string other)
    {
        Assert.NotEqual(new UidKey(one), new UidKey(other));
        Assert.Equal(new UidKey(one), new UidKey(new string(one)));
    }

    [Fact]
    public void A_uid_that_is_too_long_still_is_a_key()
    {
        string uid = "1." + new string('2', 70);
        Assert.Equal(new UidKey(uid), new UidKey(uid));
        Assert.NotEqual(new UidKey(uid), new UidKey(uid + "3"));
    }

    [Fact]
    public async Task Reading_while_instances_come_in_sees_whole_entities()
    {
        var index = new ArchiveIndex();
        Task writing = Task.Run(() =>
        {
            for (int i = 0; i < 2000; i++)
                index.Add(Header($"P{i % 20}", $"1.{i % 50}", $"1.{i % 50}.{i % 100}", $"1.{i % 50}.{i % 100}.{i % 700}"));
        });
        int seen = 0;
        while (!writing.IsCompleted)
            seen += new EntityQuery(index, QueryLevel.Image, [], MatchingRules.Default).Run().Count(p => p.At(QueryLevel.Study).Contains(DicomTags.StudyInstanceUID));
        await writing;
        Assert.Equal(index.InstanceCount, new EntityQuery(index, QueryLevel.Image, [], MatchingRules.Default).Run().Count());
    }

    internal static InstanceHeader Header(string patient, string study, string series, string instance, string file = "file.dcm")
    {
        var dataset = new DicomDataset();
        dataset.SetString(DicomTags.PatientID, patient);
        dataset.SetString(DicomTags.PatientName, "DOE^" + patient);
        dataset.SetString(DicomTags.StudyInstanceUID, study);
        dataset.SetString(DicomTags.SeriesInstanceUID, series);
        dataset.SetString(DicomTags.SOPInstanceUID, instance);
        dataset.SetString(DicomTags.SOPClassUID, DicomUids.CTImageStorage);
        dataset.SetString(DicomTags.Modality, "CT");
        return new InstanceHeader(dataset, DicomUids.ExplicitVRLittleEndian, "folder", file, 400);
    }
}
