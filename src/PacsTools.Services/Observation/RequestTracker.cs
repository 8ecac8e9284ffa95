using PacsTools.Dicom.Dimse;

namespace PacsTools.Services.Observation;

/// <summary>Follows the requests of this side on one association from their beginning to their end. Safe for several threads.</summary>
internal sealed class RequestTracker(TimeProvider time)
{
    // An association has one request outstanding in nearly every case (PS3.7 D.3.3.3), so a list beats a table.
    private readonly List<Request> _requests = [];

    /// <summary>Notes a command set.</summary>
    /// <returns>The request that has ended with it, if one has.</returns>
    public EndedOperation? Note(CommandSet command, bool sent)
    {
        var isResponse = ((ushort)command.CommandField & 0x8000) != 0;
        lock (_requests)
        {
            if (sent && !isResponse && command is { MessageId: { } own } && command.CommandField != CommandField.CCancelRequest)
                _requests.Add(new Request(own, command.CommandField.ToName().Replace("-RQ", string.Empty, StringComparison.Ordinal), time.GetTimestamp()));
            if (sent || !isResponse || command is not { MessageIdBeingRespondedTo: { } id, Status: { } status })
                return null;
            var at = _requests.FindIndex(r => r.Id == id);
            if (at < 0)
                return null;
            var request = _requests[at];
            request.NoteCounts(command);
            if (DimseStatus.Classify(status) == DimseStatusClass.Pending)
            {
                request.Pending++;
                return null;
            }

            _requests.RemoveAt(at);
            return End(request, status, null);
        }
    }

    /// <summary>The association has ended: so have the requests that were not answered.</summary>
    public IReadOnlyList<EndedOperation> EndAll(Exception? failure)
    {
        lock (_requests)
        {
            EndedOperation[] ended = [.. _requests.Select(r => End(r, null, failure))];
            _requests.Clear();
            return ended;
        }
    }

    private EndedOperation End(Request request, ushort? status, Exception? failure) =>
        new(request.Name, request.Id, status, time.GetElapsedTime(request.Since), request.Pending, request.Completed, request.Warning, request.Failed, failure);

    private sealed class Request(ushort id, string name, long since)
    {
        public ushort Id => id;

        public string Name => name;

        public long Since => since;

        public int Pending { get; set; }

        public int Completed { get; private set; }

        public int Warning { get; private set; }

        public int Failed { get; private set; }

        // Counters are optional in every response (PS3.7 9.1.4.1): what was told last counts.
        public void NoteCounts(CommandSet response)
        {
            Completed = response.NumberOfCompletedSubOperations ?? Completed;
            Warning = response.NumberOfWarningSubOperations ?? Warning;
            Failed = response.NumberOfFailedSubOperations ?? Failed;
        }
    }
}
