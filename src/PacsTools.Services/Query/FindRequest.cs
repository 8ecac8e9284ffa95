using System.Text;
using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;

namespace PacsTools.Services.Query;

/// <summary>One or several C-FINDs on one association.</summary>
internal sealed record FindRequest
{
    /// <summary>The identifiers, asked one after the other (PS3.4 C.4.1.1.3.1). Their keys have been checked.</summary>
    public required IReadOnlyList<DicomDataset> Identifiers { get; init; }

    /// <summary>The longest silence of the archive; null for the node's or the default.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What is tried again, as long as no match has come out.</summary>
    public RetryPolicy Retry { get; init; } = new();

    /// <summary>For text whose character set the archive does not declare; null to show it as unreadable.</summary>
    public Encoding? FallbackEncoding { get; init; }

    public IJobLog Log { get; init; } = NoJobLog.Instance;

    /// <summary>The SOP class to ask.</summary>
    public string SopClassUid { get; init; } = DicomUids.StudyRootQueryRetrieveInformationModelFind;

    /// <summary>What has to be agreed on with the archive.</summary>
    public FindExtensions Extensions { get; init; } = FindExtensions.None;
}
