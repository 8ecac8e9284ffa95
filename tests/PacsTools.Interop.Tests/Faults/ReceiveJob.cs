using System.Collections.Concurrent;
using PacsTools.Services.Storage;

namespace PacsTools.Interop.Tests.Faults;

/// <summary>A foreign sender to the Storage SCP, and what the SCP says of it to whoever looks on.</summary>
internal sealed class ReceiveJob(ScheduleScene scene, Action<string> wrong) : IArrivalObserver
{
    private readonly ConcurrentQueue<DicomInstanceFile> _told = new();
    private int _begun;
    private int _ended;

    public async Task<JobResult> RunAsync()
    {
        string[] before = ScheduleScene.FilesIn(scene.In);
        using IDisposable watch = scene.Scp.Arrivals.Watch(this);
        long received = scene.Scp.Received;
        var sender = new ForeignSender(scene.Links[0].Port, ScheduleScene.ScpTitle, scene.IsTls, TimeSpan.FromSeconds(20.0 / scene.Time.Rate));
        await sender.SendAsync(scene.Study.Instances);
        // What the sender has given up the SCP still has to notice.
        await TestKit.Eventually.TrueAsync(() => scene.Scp.Associations == 0, "the Storage SCP has no association left");
        if (Volatile.Read(ref _begun) != Volatile.Read(ref _ended))
            wrong($"{_begun} instances began to come in, and {_ended} came to an end");
        DicomInstanceFile[] stored = [.. _told.Where(f => f.Outcome is InstanceOutcome.Stored or InstanceOutcome.Duplicate)];
        if (scene.Scp.Received - received != stored.Length)
            wrong($"the Storage SCP counts {scene.Scp.Received - received} and tells of {stored.Length}");
        foreach (DicomInstanceFile file in stored)
        {
            if (scene.Study.Differs(file.Path!, file.SOPInstanceUID) is { } difference)
                wrong($"{file.SOPInstanceUID} is {file.Outcome}, and {difference}");
        }
        foreach (string file in ScheduleScene.FilesIn(scene.In).Except(before).Where(f => stored.All(s => s.Path != f)))
            wrong($"{file} lies in the folder, and nobody was told");
        foreach (string uid in sender.Acknowledged.Where(u => stored.All(f => f.SOPInstanceUID != u)))
            wrong($"{uid} was acknowledged and is not told to be here");
        return new JobResult(sender.Acknowledged.Count, scene.Study.Instances.Count, sender.Failure);
    }

    public void OnBegin(string? studyInstanceUid) => Interlocked.Increment(ref _begun);

    public void OnEnd(string? studyInstanceUid, DicomInstanceFile? file, string sopInstanceUid)
    {
        if (file is not null)
            _told.Enqueue(file);
        Interlocked.Increment(ref _ended);
    }

    public void OnStopped(StorageScp scp)
    {
    }
}
