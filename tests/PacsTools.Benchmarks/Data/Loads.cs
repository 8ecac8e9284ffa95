using PacsTools.TestKit.Data;

namespace PacsTools.Benchmarks.Data;

/// <summary>The data of a run, each kind made when it is first asked for.</summary>
internal sealed class Loads
{
    private readonly string _folder;
    private readonly bool _quick;
    private readonly Lazy<Load> _ct;
    private readonly Lazy<Load> _ctFew;
    private readonly Lazy<Load> _tiny;
    private readonly Lazy<Load> _big;
    private readonly Lazy<Load> _studies;

    public Loads(string folder, bool quick)
    {
        _folder = folder;
        _quick = quick;
        _ct = new(() => Study("ct", new TestStudyOptions { Instances = quick ? 40 : 1000, PatientID = "BENCH-CT" }));
        _ctFew = new(() => Study("ctfew", new TestStudyOptions { Instances = quick ? 20 : 100, PatientID = "BENCH-CT-FEW" }));
        _tiny = new(() => Tiny(0, quick ? 300 : 5000));
        _big = new(Big);
        _studies = new(Studies);
    }

    /// <summary>A study of 1,000 CT images of 525 KB.</summary>
    public Load CT => _ct.Value;

    /// <summary>A study of 100 such images, for whoever would take all day over 1,000.</summary>
    public Load CTFew => _ctFew.Value;

    /// <summary>A study of 5,000 instances of some 4 KB in one series.</summary>
    public Load Tiny0 => _tiny.Value;

    /// <summary>One multi-frame instance of 1.5 GB.</summary>
    public Load BigOne => _big.Value;

    /// <summary>5,000 studies of one small instance each.</summary>
    public Load AllStudies => _studies.Value;

    /// <summary>Small instances that no other number gives.</summary>
    public Load Tiny(int number, int count) => Study($"tiny{number}", new TestStudyOptions { Instances = count, Rows = 38, Columns = 38, PatientID = $"BENCH-TINY-{number}" });

    private Load Study(string name, TestStudyOptions options)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        return new Load(name, TestStudy.CTImageStorage, TestStudy.StudyInstanceUID(options), TestStudy.Save(options, folder), _folder);
    }

    private Load Big()
    {
        Directory.CreateDirectory(_folder);
        string path = Path.Combine(_folder, "big.dcm");
        TestInstance instance = BigInstance.Save(path, _quick ? 64L << 20 : 1500L << 20);
        return new Load("big", instance.SOPClassUID, instance.StudyInstanceUID, [path], _folder);
    }

    private Load Studies()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "studies")).FullName;
        string[] paths = [.. Enumerable.Range(1, _quick ? 300 : 5000).Select(n => TestStudy.CreateOne(StudyOptions(n)).Save(folder))];
        return new Load("studies", TestStudy.CTImageStorage, "", paths, _folder);
    }

    private static TestStudyOptions StudyOptions(int number) => TestStudy.Tiny(1, seed: number) with
    {
        PatientID = $"P{number:0000}",
        PatientName = $"DOE^NUMBER {number:0000}",
        AccessionNumber = $"A{number:0000}",
        StudyDate = $"2024{1 + (number % 12):00}{1 + (number % 28):00}",
    };
}
