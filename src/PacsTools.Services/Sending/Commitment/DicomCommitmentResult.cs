using PacsTools.Services.Nodes;

namespace PacsTools.Services.Sending;

/// <summary>One instance an archive was asked to keep safely (storage commitment, PS3.4 J), and what it said.</summary>
public sealed record DicomCommitmentResult
{
    /// <summary>SOP Instance UID (0008,0018).</summary>
    public required string SOPInstanceUID { get; init; }

    /// <summary>SOP Class UID (0008,0016).</summary>
    public required string SOPClassUID { get; init; }

    /// <summary>Transaction UID (0008,1195) of the request, by which archive and log know it; null if nothing was asked.</summary>
    public string? TransactionUID { get; init; }

    /// <summary>True if the archive took the responsibility for the instance, false if it said that it does not; null if it said nothing.</summary>
    public bool? Committed { get; init; }

    /// <summary>Failure Reason (0008,1197) of the archive; null if it gave none.</summary>
    public ushort? FailureReason { get; init; }

    /// <summary>The failure reason in words, or why there is no answer; null if it is committed.</summary>
    public string? Reason { get; init; }

    /// <summary>The AE title from which the archive says the instance can be retrieved; null if it did not say.</summary>
    public string? RetrieveAETitle { get; init; }

    /// <summary>Full path of the file; null if the instance was named by its UIDs alone.</summary>
    public string? Path { get; init; }

    /// <summary>The archive.</summary>
    public required PacsNode Node { get; init; }

    /// <summary>The instance and the answer.</summary>
    public override string ToString() => $"{SOPInstanceUID}: {(Committed switch { true => "committed", false => "not committed", null => "no answer" })}";
}
