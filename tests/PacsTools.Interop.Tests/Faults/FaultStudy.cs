using PacsTools.TestKit.Data;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Faults;

/// <summary>The study every schedule sends to and fro: small instances and large ones, of several SOP classes, on disk and in memory.</summary>
internal sealed class FaultStudy : IDisposable
{
    private readonly TemporaryFolder _folder = new("faults");
    private readonly Dictionary<string, TestInstance> _byUid;

    public FaultStudy()
    {
        var small = new TestStudyOptions { Rows = 16, Columns = 16, PatientID = "FAULT-1" };
        var middle = small with { Rows = 128, Columns = 128 };
        Instances =
        [
            TestStudy.CreateOne(small, series: 1, instance: 1),
            TestStudy.CreateOne(middle, series: 1, instance: 2),
            TestStudy.CreateOne(small with { Modality = TestModality.MR }, series: 2, instance: 1),
            TestStudy.CreateOne(middle with { Modality = TestModality.MR, Rows = 200 }, series: 2, instance: 2),
            TestStudy.CreateOne(small with { Modality = TestModality.SC, Rows = 512, Columns = 400 }, series: 3, instance: 1),
            TestStudy.CreateOne(small with { Modality = TestModality.SC }, series: 3, instance: 2),
        ];
        Paths = [.. Instances.Select(i => i.Save(Folder))];
        _byUid = Instances.ToDictionary(i => i.SOPInstanceUID);
    }

    public IReadOnlyList<TestInstance> Instances { get; }

    public IReadOnlyList<string> Paths { get; }

    public string Folder => _folder.Path;

    public string StudyInstanceUID => Instances[0].StudyInstanceUID;

    /// <summary>What is wrong with a file that is said to be this instance; null if it is that one, byte for byte.</summary>
    public string? Differs(string path, string sopInstanceUid)
    {
        if (!_byUid.TryGetValue(sopInstanceUid, out TestInstance? instance))
            return $"there is no instance {sopInstanceUid}";
        if (!File.Exists(path))
            return $"{path} is not there";
        byte[] dataSet = TestInstance.DataSetOf(path);
        return dataSet.AsSpan().SequenceEqual(instance.DataSet) ? null : $"{path} has {dataSet.Length} bytes of data set and differs from the {instance.DataSet.Length} of the original";
    }

    /// <summary>The instance whose data set a file has, byte for byte; null if it is none.</summary>
    public string? Recognize(string path)
    {
        byte[] dataSet = TestInstance.DataSetOf(path);
        return Instances.FirstOrDefault(i => dataSet.AsSpan().SequenceEqual(i.DataSet))?.SOPInstanceUID;
    }

    public void Dispose() => _folder.Dispose();
}
