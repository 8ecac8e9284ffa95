using System.Collections.Concurrent;
using PacsTools.Dicom.Errors;
using PacsTools.Interop.Tests.Services;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Receiving;

/// <summary>A receiving process is killed without warning, at points nobody chose. PACSTOOLS_LONG=1 does it a hundred times each way.</summary>
public sealed class KillTests
{
    private const int Associations = 3;
    private static readonly int Rounds = Environment.GetEnvironmentVariable("PACSTOOLS_LONG") == "1" ? 100 : 4;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_acknowledged_is_whole_and_nothing_partial_has_a_final_name(bool flush)
    {
        int acknowledged = 0, left = 0;
        for (int round = 0; round < Rounds; round++)
        {
            var random = new Random(1000 * round + (flush ? 1 : 0));
            (int a, int l) = await KillOnceAsync(flush, random);
            acknowledged += a;
            left += l;
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{Rounds} kills: {acknowledged} instances had been acknowledged, {left} parts were left");
        Assert.True(acknowledged > 0, "the kills came before anything was acknowledged");
    }

    private static async Task<(int Acknowledged, int Left)> KillOnceAsync(bool flush, Random random)
    {
        using var folder = new TemporaryFolder("kill");
        string received = folder["received"];
        List<TestInstance>[] batches =
        [
            .. Enumerable.Range(1, Associations).Select(n => TestStudy.Create(new TestStudyOptions { Seed = n, Instances = 12, Rows = n == 1 ? 4 : 128 * n, Columns = 128 }).ToList()),
        ];
        long whole = batches.Sum(b => b.Sum(i => (long)i.DataSet.Length)), killAt = random.NextInt64(whole / 50, whole), sent = 0;
        var acknowledged = new ConcurrentBag<TestInstance>();
        await using ReceiverProcess receiver = await ReceiverProcess.StartAsync(received, flush: flush);
        await Task.WhenAll(batches.Select(batch => Task.Factory.StartNew(() => Send(batch), TaskCreationOptions.LongRunning)));
        receiver.Kill();

        // Everything answered 0000 is there; whatever has a final name is whole.
        Dictionary<string, TestInstance> known = batches.SelectMany(b => b).ToDictionary(i => i.SOPInstanceUID);
        string[] files = Directory.Exists(received) ? ReceivedFiles.In(received) : [], final = [.. files.Where(f => !f.EndsWith(".part", StringComparison.Ordinal))];
        foreach (string file in final)
            Assert.True(known[Path.GetFileNameWithoutExtension(file)].DataSet.AsSpan().SequenceEqual(TestInstance.DataSetOf(file)), $"{file} is not whole");
        HashSet<string?> names = [.. final.Select(Path.GetFileNameWithoutExtension)];
        Assert.All(acknowledged, i => Assert.Contains(i.SOPInstanceUID, names));
        return (acknowledged.Count, files.Length - final.Length);

        void Send(List<TestInstance> batch)
        {
            StoreSender? sender = null;
            try
            {
                sender = StoreSender.Open(receiver.Port, receiver.AETitle, batch);
                foreach (TestInstance instance in batch)
                {
                    int before = 0;
                    ushort status = sender.Store(instance, position =>
                    {
                        if (Interlocked.Add(ref sent, position - before) >= killAt)
                            receiver.Kill();
                        before = position;
                    });
                    if (status == 0)
                        acknowledged.Add(instance);
                }
            }
            catch (DicomException)
            {
                // The process was killed.
            }
            finally
            {
                sender?.Abort();
            }
        }
    }
}
