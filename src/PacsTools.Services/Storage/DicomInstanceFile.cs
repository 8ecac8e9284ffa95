using PacsTools.Services.Nodes;

namespace PacsTools.Services.Storage;

/// <summary>One SOP instance that arrived, or should have: where it lies and what became of it.</summary>
public sealed record DicomInstanceFile
{
    /// <summary>Full path of the file; null if there is none.</summary>
    public string? Path { get; init; }

    /// <summary>The same as <see cref="Path"/>, under the name that file cmdlets bind.</summary>
    public string? FullName => Path;

    /// <summary>SOP Instance UID (0008,0018), as the C-STORE request named it.</summary>
    public required string SOPInstanceUID { get; init; }

    /// <summary>SOP Class UID (0008,0016), as the C-STORE request named it; null if not known.</summary>
    public string? SOPClassUID { get; init; }

    /// <summary>Series Instance UID (0020,000E); null if not known.</summary>
    public string? SeriesInstanceUID { get; init; }

    /// <summary>Study Instance UID (0020,000D); null if not known.</summary>
    public string? StudyInstanceUID { get; init; }

    /// <summary>Patient ID (0010,0020); null if empty or not known.</summary>
    public string? PatientID { get; init; }

    /// <summary>The transfer syntax the data set is kept in, bit for bit as received; null if nothing was received.</summary>
    public string? TransferSyntaxUID { get; init; }

    /// <summary>Length of the file in bytes; 0 if there is none.</summary>
    public long Length { get; init; }

    /// <summary>What became of the instance.</summary>
    public InstanceOutcome Outcome { get; init; }

    /// <summary>The DIMSE status: what the sender was answered, or what an archive gave as its reason; null if there was none.</summary>
    public ushort? Status { get; init; }

    /// <summary>Why there is no file, in words; null if there is one.</summary>
    public string? Reason { get; init; }

    /// <summary>How it came: <c>CMove</c>, <c>CGet</c>, <c>DicomWeb</c>, or <c>CStore</c> for what was sent to us unasked.</summary>
    public string? Method { get; init; }

    /// <summary>The AE title that sent it; null if nothing was received.</summary>
    public string? SendingAETitle { get; init; }

    /// <summary>The address it was sent from; null if nothing was received.</summary>
    public string? SendingAddress { get; init; }

    /// <summary>The node it was retrieved from; null for what was sent to us unasked.</summary>
    public PacsNode? Node { get; init; }

    /// <summary>The path, or the UID where there is no file.</summary>
    public override string ToString() => Path ?? SOPInstanceUID;
}
