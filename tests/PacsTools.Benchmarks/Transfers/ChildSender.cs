using PacsTools.Benchmarks.Children;
using PacsTools.Benchmarks.Data;
using PacsTools.Benchmarks.Running;

namespace PacsTools.Benchmarks.Transfers;

/// <summary>A sender of this program in a process of its own: the product's, or one that costs nothing.</summary>
internal sealed class ChildSender(string role) : ISender
{
    private Child? _child;

    public async Task PrepareAsync(BenchRun run, Resources scope) => _child = scope.Add(await Child.StartAsync(run, role));

    public async Task<Sample> SendAsync(Load load, Endpoint to)
    {
        ProcessUsage before = (await _child!.AskAsync(Words(load, to, rehearse: true))).Usage;
        Answer sent = await _child.AskAsync(Words(load, to, rehearse: false));
        return new Sample(sent.Seconds, load.Paths.Count) { Used = sent.Usage.Since(before), Bytes = load.IsBulk ? load.Bytes : 0 };
    }

    // The rehearsal sends nothing: files are made and read into memory before the clock runs.
    private object[] Words(Load load, Endpoint to, bool rehearse) => role switch
    {
        RoleList.Send => [rehearse ? "ready" : "send", to.Port, to.AETitle, load.ListFile()],
        RoleList.RawSender => [rehearse ? "ready" : "send", to.Port, to.AETitle, load.SOPClassUID, load.EncodedFile()],
        _ => [rehearse ? "ready" : "send", to.Port, load.EncodedFile()],
    };
}
