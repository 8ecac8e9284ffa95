using System.Globalization;
using System.Threading.Channels;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Web;

namespace PacsTools.Services.Sending;

/// <summary>Files on their way to one server by STOW-RS: put together into requests, judged by the answers, tried again where that may help. Shared by the tasks that send.</summary>
internal sealed class StowJob(SendRequest request, TimeProvider time, IJobLog log, ChannelWriter<SendReport> reports, CancellationToken stop)
{
    private const int MaxFiles = 50;
    private const long MaxBytes = 64 << 20;

    // A server that breaks at so many files one after the other breaks at all of them, and each would be tried for seconds.
    private const int MostBreakdowns = 3;

    private readonly DicomWebClient _client = new(request.Node, request.Node.Timeout ?? PacsDefaults.StoreTimeout, time);
    private Exception? _hopeless;
    private int _breakdowns;
    private int _ended;
    private long _bytes;

    /// <summary>Sends until no path is left.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task RunAsync(ChannelReader<string> paths)
    {
        while (await paths.WaitToReadAsync(stop).ConfigureAwait(false))
        {
            var (files, bytes) = (new List<OutgoingFile>(), 0L);
            while (files.Count < MaxFiles && bytes < MaxBytes && paths.TryRead(out var path))
            {
                try
                {
                    var file = OutgoingFile.Scan(path);
                    if (file.IsMisencoded)
                        throw new SendException("Send.CannotConvert", $"{path} is in another encoding than it says, and STOW-RS sends files as they lie.");
                    bytes += file.ReadLength();
                    files.Add(file);
                }
                catch (SendException e)
                {
                    await EmitAsync(new SendReport(path, null, e)).ConfigureAwait(false);
                }
            }

            if (files.Count > 0)
                await SendAsync(files).ConfigureAwait(false);
        }
    }

    public void ShowEnd() => log.Progress(new JobProgress($"Sending to {request.Node}", "done", _ended, _ended, _bytes, Completed: true));

    private async Task SendAsync(List<OutgoingFile> files)
    {
        if (_hopeless is { } known)
        {
            await FailAsync(files, known).ConfigureAwait(false);
            return;
        }

        var started = time.GetTimestamp();
        try
        {
            var answer = await request.Retry.RunAsync($"STOW-RS to {request.Node}", (_, token) => PostAsync(files, started, token), log, stop).ConfigureAwait(false);
            Volatile.Write(ref _breakdowns, 0);
            await JudgeAsync(files, answer).ConfigureAwait(false);
        }
        catch (StowFileException e)
        {
            await FailAsync(files.FindAll(f => f.Path == e.Path), e.Reason).ConfigureAwait(false);
            if (files.FindAll(f => f.Path != e.Path) is { Count: > 0 } others)
                await SendAsync(others).ConfigureAwait(false);
        }
        catch (DicomWebException e) when (files.Count > 1 && MayBeOfOneFile(e))
        {
            log.Verbose($"{e.Message}. The files are sent one by one.");
            foreach (var file in files)
                await SendAsync([file]).ConfigureAwait(false);
        }
        catch (DicomException e)
        {
            // What refused one of them for what we are refuses all; who cannot be reached need not be tried for every file.
            if (e is DicomWebException { StatusCode: 401 or 403 or 404 or null } or DicomNetworkException { Failure: not NetworkFailure.ConnectionLost }
                || (e is DicomWebException { StatusCode: >= 500 } && Interlocked.Increment(ref _breakdowns) >= MostBreakdowns))
                _hopeless = e;
            await FailAsync(files, e).ConfigureAwait(false);
        }
    }

    private async Task<StowAnswer> PostAsync(List<OutgoingFile> files, long started, CancellationToken token)
    {
        var isSent = false;
        try
        {
            using var response = await _client.PostAsync("studies", Content, DicomWebClient.Json, status => status == 409, token).ConfigureAwait(false);
            return await StowAnswer.ReadAsync(response, token).ConfigureAwait(false);
        }
        catch (DicomException e) when (isSent)
        {
            files.ForEach(f => f.Failure = e);
            throw;
        }

        StowContent Content(WebPatience patience)
        {
            var content = new StowContent(files, patience, request.Rate);
            TellOfRepetition(files);
            foreach (var file in files)
            {
                file.Attempts++;
                file.Started = file.Started == 0 ? started : file.Started;
            }

            isSent = true;
            return content;
        }
    }

    // As with C-STORE: nothing goes out twice unseen if the server may have it.
    private void TellOfRepetition(List<OutgoingFile> files)
    {
        var again = files.Where(f => f.Failure is not null && MayHaveArrived(f.Failure)).ToList();
        if (again.Count == 0)
            return;
        var what = again.Count == 1 ? $"{again[0].SOPInstanceUID} is" : string.Create(CultureInfo.InvariantCulture, $"{again.Count} instances, of which {again[0].SOPInstanceUID} is the first, are");
        log.Warning("Send.SentAgain", $"{what} sent again: {again[0].Failure!.Message.TrimEnd('.')}. The archive may have some of it already.");
    }

    private async Task JudgeAsync(List<OutgoingFile> files, StowAnswer answer)
    {
        List<OutgoingFile> again = [];
        var delay = TimeSpan.Zero;
        foreach (var file in files)
        {
            var report = Judge(file, answer);
            if (report.Error is DimseStatusException refusal && (file.Tries ??= request.Retry.Start()).Next(refusal) is { Retry: true } next)
            {
                delay = next.Delay > delay ? next.Delay : delay;
                again.Add(file);
                continue;
            }

            await EmitAsync(report).ConfigureAwait(false);
        }

        if (again.Count == 0)
            return;
        log.Verbose(string.Create(CultureInfo.InvariantCulture, $"{request.Node} had no room for {again.Count} instances for the moment. They are sent again in {delay.TotalSeconds:0.0} s."));
        await Task.Delay(delay, request.Retry.TimeProvider, stop).ConfigureAwait(false);
        await SendAsync(again).ConfigureAwait(false);
    }

    private SendReport Judge(OutgoingFile file, StowAnswer answer)
    {
        var result = ResultOf(file);
        if (answer.IsCodeAlone)
            return Stored(file, result with { Outcome = SendOutcome.StoredWithWarning, Reason = $"{request.Node.DicomWebUri} answered HTTP 200, which means that all is stored, and not what it stored." });
        if (answer.Of(file.SOPInstanceUID) is not { } judgement)
        {
            var error = DicomWebErrors.BadResponse(request.Node.DicomWebUri!, $"did not say what became of instance {file.SOPInstanceUID}");
            return new SendReport(file.Path, result with { Outcome = SendOutcome.Failed, Reason = error.Message }, error);
        }

        result = result with { Status = judgement.Status };
        var words = DimseStatus.Lookup(DimseService.Store, judgement.Status).Words;
        if (judgement.IsStored)
            return Stored(file, judgement.Status == 0 ? result with { Outcome = SendOutcome.Stored } : result with { Outcome = SendOutcome.StoredWithWarning, Reason = words });
        var text = string.Create(CultureInfo.InvariantCulture, $"{request.Node} refused {file.Path} with failure reason {judgement.Status:X4}H: {words}");
        return new SendReport(file.Path, result with { Outcome = SendOutcome.Failed, Reason = text }, new DimseStatusException(judgement.Status, text, null, []));
    }

    private SendReport Stored(OutgoingFile file, DicomSendResult result)
    {
        Interlocked.Add(ref _bytes, new FileInfo(file.Path) is { Exists: true } info ? info.Length : 0);
        return new SendReport(file.Path, result);
    }

    private async Task FailAsync(List<OutgoingFile> files, Exception error)
    {
        foreach (var file in files)
            await EmitAsync(new SendReport(file.Path, ResultOf(file) with { Outcome = SendOutcome.Failed, Reason = error.Message }, error)).ConfigureAwait(false);
    }

    private DicomSendResult ResultOf(OutgoingFile file) => file.ResultAt(request.Node, SendMethod.DicomWeb, time);

    private ValueTask EmitAsync(SendReport report)
    {
        var ended = Interlocked.Increment(ref _ended);
        log.Progress(new JobProgress($"Sending to {request.Node}", $"{ended} files", ended, null, Interlocked.Read(ref _bytes)));
        return reports.WriteAsync(report, stop);
    }

    // Some servers store part by part while a request comes in. Who says to have been too busy, or that this is too much or of the wrong kind, has stored nothing.
    private static bool MayHaveArrived(Exception error) => error switch
    {
        DicomWebException e => e.StatusCode is not (413 or 415 or 429 or 503),
        DicomNetworkException e => e.Failure is NetworkFailure.ConnectionLost or NetworkFailure.Other,
        _ => true,
    };

    private static bool MayBeOfOneFile(DicomWebException error) => error.StatusCode is 400 or 409 or 413 or 415 or 422 or 500;
}
