using PacsTools.Services.Sending;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Copying;

/// <summary>What has become of every instance of one relay: waiting to be sent, or the end that the destination gave it. Safe for several threads.</summary>
internal sealed class CopyBook
{
    private readonly object _gate = new();
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DicomInstanceFile> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DicomInstanceFile> _ends = new(StringComparer.Ordinal);
    private Exception? _over;

    public int Copied { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Takes note of what has come.</summary>
    /// <returns>False if it is not to be sent: there is no file, one of the same UID was there before, or nothing is sent any more.</returns>
    public bool Take(DicomInstanceFile file)
    {
        lock (_gate)
        {
            if (file.Path is null || !_taken.Add(file.SOPInstanceUID))
                return false;
            if (_over is not null)
            {
                _ends[file.SOPInstanceUID] = NotSent(file);
                return false;
            }

            _waiting[file.Path] = file;
            return true;
        }
    }

    /// <summary>Takes note of what the destination said.</summary>
    public void Enter(SendReport sent)
    {
        lock (_gate)
        {
            if (!_waiting.Remove(sent.Path, out var file))
                return;
            var isCopied = sent.Error is null;
            // Unexpected it stays, since it lies at the destination now.
            _ends[file.SOPInstanceUID] = file with
            {
                Path = null,
                Outcome = isCopied ? file.Outcome : InstanceOutcome.Failed,
                Status = sent.Result?.Status,
                Reason = isCopied ? sent.Result?.Reason : sent.Result?.Reason ?? sent.Error!.Message,
                TransferSyntaxUID = sent.Result?.TransferSyntaxUID ?? file.TransferSyntaxUID,
            };
            if (!isCopied)
                return;
            Copied++;
            Bytes += file.Length;
        }
    }

    /// <summary>Nothing is sent any more, for this reason.</summary>
    public void End(Exception reason)
    {
        lock (_gate)
        {
            _over = reason;
            foreach (var file in _waiting.Values)
                _ends[file.SOPInstanceUID] = NotSent(file);
            _waiting.Clear();
        }
    }

    /// <summary>The end of an instance that had come; of others, what the source says of it.</summary>
    public DicomInstanceFile EndOf(DicomInstanceFile file)
    {
        lock (_gate)
        {
            return _ends.TryGetValue(file.SOPInstanceUID, out var end) ? end
                : file.Path is not null ? NotSent(file)
                : _over is not null && file.Outcome == InstanceOutcome.Missing ? file with { Reason = _over.Message }
                : file;
        }
    }

    private DicomInstanceFile NotSent(DicomInstanceFile file) =>
        file with { Path = null, Outcome = InstanceOutcome.Failed, Status = null, Reason = _over?.Message ?? "it was not sent on" };
}
