using System.Diagnostics;
using System.Text;
using PacsTools.Dicom.Data;
using PacsTools.Services;
using PacsTools.Services.Simulation;
using PacsTools.Services.Simulation.TestData;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Simulation;

/// <summary>Alone, because it measures memory.</summary>
[CollectionDefinition(nameof(LargeArchiveTests), DisableParallelization = true)]
public sealed class LargeArchiveCollection;

/// <summary>
/// A folder of many instances: memory for each, and how soon the first answer comes. Twenty thousand of them, or a hundred thousand if the
/// environment variable PACSTOOLS_LONG is 1: writing and removing those takes most of a minute.
/// </summary>
[Collection(nameof(LargeArchiveTests))]
public sealed class LargeArchiveTests(ITestOutputHelper output)
{
    private const int InstancesAStudy = 100;
    private const int BytesAnInstance = 1024;
    private const long ScanBytes = 64 << 20;

    // Of one length, so that they can be written over each other in an encoded instance.
    private const string Root = "1.2.826.0.1.3680043.9.7307.3.";

    private static readonly int Studies = Environment.GetEnvironmentVariable("PACSTOOLS_LONG") == "1" ? 1000 : 200;

    [Fact]
    public void Many_instances_take_little_memory_and_are_found_at_once()
    {
        using var folder = new TemporaryFolder("large");
        Write(folder.Path);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var log = new MemoryLog();
        long start = Stopwatch.GetTimestamp();
        using PacsSimulator simulator = PacsSimulator.Start(new PacsSimulatorOptions { Path = folder.Path }, log);
        TimeSpan indexing = Stopwatch.GetElapsedTime(start);
        Assert.Equal((Studies, Studies * InstancesAStudy), (simulator.Studies, simulator.Instances));
        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / (Studies * InstancesAStudy);

        double all = AskAndTime(simulator, "QueryRetrieveLevel=STUDY", "StudyInstanceUID=", "NumberOfStudyRelatedInstances=");
        double last = AskAndTime(simulator, "QueryRetrieveLevel=STUDY", "StudyInstanceUID=", $"PatientID=P{Studies + Studies - 1}");
        double instance = AskAndTime(simulator, "QueryRetrieveLevel=IMAGE", $"StudyInstanceUID={Uid(1, Studies / 2)}", $"SeriesInstanceUID={Uid(2, Studies / 2)}", "SOPInstanceUID=", "InstanceNumber=");
        output.WriteLine($"{each} bytes an instance, indexed in {indexing.TotalSeconds:0.0} s with at most {(log.Peak - before) >> 20} MiB in use; first match of all studies after {all:0} ms, of one patient after {last:0} ms, of a series after {instance:0} ms.");
        Assert.InRange(each, 1, BytesAnInstance);
        Assert.InRange(log.Peak - before, 0, (each * Studies * InstancesAStudy) + ScanBytes);
        Assert.All([all, last, instance], ms => Assert.InRange(ms, 0, 1000));
    }

    private static double AskAndTime(PacsSimulator simulator, params string[] keys)
    {
        long start = Stopwatch.GetTimestamp();
        double first = 0;
        foreach (DicomDataset _ in QueryClient.Stream(simulator.Port, simulator.AETitle, DicomUids.StudyRootFind, QueryClient.Identifier(keys)))
        {
            first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            break;
        }
        return first > 0 ? first : throw new InvalidOperationException("Nothing was found.");
    }

    private static void Write(string folder)
    {
        string path = SyntheticStudy.Save(new SyntheticStudyOptions { Rows = 4, Columns = 4, StudyInstanceUID = Uid(1, 0), PatientID = $"P{Studies}" }, folder).Single();
        byte[] template = File.ReadAllBytes(path);
        Directory.Delete(Path.Combine(folder, Uid(1, 0)), recursive: true);
        byte[] series = Encoding.ASCII.GetBytes(SeededNumbers.Uid("series", Uid(1, 0), 1)), instance = Encoding.ASCII.GetBytes(SeededNumbers.Uid("instance", Uid(1, 0), 1, 1));
        Parallel.For(0, Studies, study =>
        {
            byte[] file = (byte[])template.Clone();
            Replace(file, Encoding.ASCII.GetBytes(Uid(1, 0)), Uid(1, study));
            Replace(file, Encoding.ASCII.GetBytes($"P{Studies}"), $"P{Studies + study}");
            Replace(file, series, Uid(2, study));
            int[] places = Places(file, instance);
            string directory = Directory.CreateDirectory(Path.Combine(folder, Uid(1, study))).FullName;
            for (int number = 0; number < InstancesAStudy; number++)
            {
                string uid = Uid(3, (study * InstancesAStudy) + number);
                foreach (int place in places)
                    Put(file, place, instance.Length, uid);
                File.WriteAllBytes(Path.Combine(directory, uid + ".dcm"), file);
            }
        });
    }

    private static string Uid(int kind, int number) => $"{Root}{kind}.{1_000_000 + number}";

    private static void Replace(byte[] file, byte[] old, string value)
    {
        foreach (int place in Places(file, old))
            Put(file, place, old.Length, value);
    }

    private static int[] Places(byte[] file, byte[] text)
    {
        List<int> places = [];
        for (int at = 0, next; (next = file.AsSpan(at).IndexOf(text)) >= 0; at += next + text.Length)
            places.Add(at + next);
        return [.. places];
    }

    /// <summary>Writes a shorter UID over a longer one; NUL pads (PS3.5 9.1).</summary>
    private static void Put(byte[] file, int place, int length, string value)
    {
        file.AsSpan(place, length).Clear();
        Encoding.ASCII.GetBytes(value, file.AsSpan(place, length));
    }

    /// <summary>Notes the memory in use while the folder is scanned.</summary>
    private sealed class MemoryLog : IJobLog
    {
        private int _calls;

        public long Peak { get; private set; }

        public void Warning(string id, string text)
        {
        }

        public void Verbose(string text)
        {
        }

        public void Progress(JobProgress progress)
        {
            if (_calls++ % 20 == 0)
                Peak = Math.Max(Peak, GC.GetTotalMemory(forceFullCollection: true));
        }
    }
}
