using System.Globalization;
using PacsTools.Services.Simulation.TestData;

namespace PacsTools.Interop.Tests.Corpus;

/// <summary>
/// Makes a corpus of a seed: the instances New-DicomTestStudy makes and files such as the field has, each re-encoded in every way DCMTK's tools
/// write, and damaged copies of all of these.
/// </summary>
internal sealed class CorpusMaker(CorpusOptions options, string folder)
{
    // One of so many is whole, the others are damaged: there are more ways to break a file than to write one.
    private const int WholeShare = 4;

    private readonly Random _random = new(options.Seed);
    private readonly List<CorpusFile> _whole = [];
    private int _number;

    /// <summary>The files, as they are made; a reader may delete them.</summary>
    public IEnumerable<CorpusFile> Make()
    {
        MakeWhole(options.Count / WholeShare);
        foreach (var file in _whole)
        {
            var copy = Next();
            File.Copy(file.Path, copy);
            yield return file with { Path = copy };
        }

        for (var made = _whole.Count; made < options.Count; made++)
        {
            var original = _whole[_random.Next(_whole.Count)];
            var (bytes, how) = Damage.Apply(File.ReadAllBytes(original.Path), _random);
            var path = Next();
            File.WriteAllBytes(path, bytes);
            yield return new CorpusFile(path, string.Create(CultureInfo.InvariantCulture, $"{original.Origin}, {how} ({Path.GetFileName(path)})"), how.Split(' ')[0]);
        }
    }

    private void MakeWhole(int reencoded)
    {
        foreach (var (name, bytes) in OddFiles.All())
        {
            var path = Next();
            File.WriteAllBytes(path, bytes);
            _whole.Add(new CorpusFile(path, name));
        }

        var odd = _whole.ToArray();
        var count = odd.Length + reencoded;
        while (_whole.Count < count)
        {
            foreach (var original in Originals())
            {
                _whole.Add(original);
                Reencode(original, Math.Max(1, (count - _whole.Count) / 4));
                if (_whole.Count >= count) break;
            }

            foreach (var file in odd) Reencode(file, 2);
        }
    }

    private void Reencode(CorpusFile original, int most)
    {
        var ways = Reencoding.All.ToArray();
        _random.Shuffle(ways);
        Parallel.ForEach(ways.Take(most).Select(way => (Way: way, Path: Next())).ToArray(), job =>
        {
            // What a tool refuses, such as JPEG of a report, it does not write.
            if (!Reencoding.Run(job.Way, original.Path, job.Path)) return;
            lock (_whole) _whole.Add(new CorpusFile(job.Path, $"{original.Origin}, {string.Join(' ', job.Way)}"));
        });
        _whole.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
    }

    private List<CorpusFile> Originals()
    {
        var made = new List<CorpusFile>();
        foreach (var modality in Enum.GetValues<SyntheticModality>())
        {
            foreach (var characterSet in Enum.GetValues<SyntheticCharacterSet>())
            {
                var study = new SyntheticStudyOptions
                {
                    Seed = _random.Next(), Modality = modality, CharacterSet = characterSet, Rows = _random.Next(8, 40), Columns = _random.Next(8, 40), Frames = 2,
                };
                foreach (var path in SyntheticStudy.Save(study, folder)) made.Add(new CorpusFile(path, $"{modality} {characterSet}"));
            }
        }

        var shuffled = made.ToArray();
        _random.Shuffle(shuffled);
        return [.. shuffled];
    }

    private string Next() => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref _number):00000}.dcm"));
}
