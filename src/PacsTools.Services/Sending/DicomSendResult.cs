using PacsTools.Services.Nodes;

namespace PacsTools.Services.Sending;

/// <summary>One instance that was to be sent to an archive, and what the archive said.</summary>
public sealed record DicomSendResult
{
    /// <summary>Full path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>The same as <see cref="Path"/>, under the name that file cmdlets bind.</summary>
    public string FullName => Path;

    /// <summary>SOP Instance UID (0008,0018).</summary>
    public required string SOPInstanceUID { get; init; }

    /// <summary>SOP Class UID (0008,0016).</summary>
    public required string SOPClassUID { get; init; }

    /// <summary>The transfer syntax it was sent in; that of the file if it was not sent.</summary>
    public required string TransferSyntaxUID { get; init; }

    /// <summary>The transfer syntax of the file if it had to be converted for the archive; null if it was sent as it is.</summary>
    public string? ConvertedFrom { get; init; }

    /// <summary>The road it went, or was to go: C-STORE or STOW-RS.</summary>
    public SendMethod Method { get; init; } = SendMethod.CStore;

    /// <summary>What became of it.</summary>
    public SendOutcome Outcome { get; init; }

    /// <summary>The DIMSE status the archive answered; null if it did not answer, or named no status of the instance.</summary>
    public ushort? Status { get; init; }

    /// <summary>Why it failed or is not committed, what the warning means, or why it went by STOW-RS, in words; null if it was stored without a remark.</summary>
    public string? Reason { get; init; }

    /// <summary>From the first byte sent to the answer, the waiting between tries included.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How often it was sent; more than 1 if a try went unanswered or was refused for the moment. 0 if it was never sent.</summary>
    public int Attempts { get; init; }

    /// <summary>True if the archive took the responsibility for the instance (storage commitment), false if it said that it does not; null if it said nothing or was not asked.</summary>
    public bool? Committed { get; init; }

    /// <summary>Where it was sent.</summary>
    public required PacsNode Node { get; init; }

    /// <summary>The path and the outcome.</summary>
    public override string ToString() => $"{Path}: {Outcome}";
}
