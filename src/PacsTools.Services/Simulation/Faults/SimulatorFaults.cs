using PacsTools.Dicom.Pdus;

namespace PacsTools.Services.Simulation;

/// <summary>How a simulator misbehaves: every knob is off unless set. <see cref="FaultParser"/> reads them from the names users know.</summary>
internal sealed record SimulatorFaults
{
    public static SimulatorFaults None { get; } = new();

    /// <summary>Every association is rejected so.</summary>
    public AAssociateRj? RejectAssociation { get; init; }

    /// <summary>Every association is accepted and aborted at once.</summary>
    public bool AbortAssociation { get; init; }

    /// <summary>SOP classes whose contexts are refused: abstract syntax not supported.</summary>
    public IReadOnlySet<string> RefuseContext { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Wait before each response.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>After so many responses on an association none comes any more, and the association stays open.</summary>
    public int? StallAfter { get; init; }

    /// <summary>After so many responses on an association it is aborted.</summary>
    public int? AbortAfter { get; init; }

    /// <summary>Every so manieth sub-operation or C-STORE fails.</summary>
    public int? FailEvery { get; init; }

    /// <summary>Every so manieth sub-operation or C-STORE ends with a warning, though it is done.</summary>
    public int? WarnEvery { get; init; }

    /// <summary>The status of what <see cref="FailEvery"/> and <see cref="WarnEvery"/> hit; without them the final status of every operation.</summary>
    public ushort? Status { get; init; }

    /// <summary>Every so manieth instance is lost although success is claimed.</summary>
    public int? DropEvery { get; init; }

    /// <summary>C-MOVE and C-GET responses do not count.</summary>
    public bool OmitCounters { get; init; }

    /// <summary>The last response of C-FIND, C-MOVE and C-GET is never sent.</summary>
    public bool LoseFinalResponse { get; init; }

    /// <summary>Associations with move destinations stay open.</summary>
    public bool NeverRelease { get; init; }

    /// <summary>Matches come with FF01 although every key is supported.</summary>
    public bool PendingWarning { get; init; }

    /// <summary>Dates, times and numbers in matches are no legal values.</summary>
    public bool IllegalValues { get; init; }

    /// <summary>The character set matches claim, whatever their text is in; null for the true one.</summary>
    public string? WrongCharacterSet { get; init; }

    /// <summary>So many matches, then A700.</summary>
    public int? ResultCap { get; init; }

    /// <summary>What is added to Number of Completed Sub-operations (0000,1021) in every response; below 0 it is taken off.</summary>
    public int MiscountBy { get; init; }

    /// <summary>The operations faults are meant for; null for all.</summary>
    public IReadOnlyList<FaultyOperation>? Only { get; init; }

    /// <summary>How many faults of associations, responses, instances and statuses happen before they are over; null for no end.</summary>
    public int? Times { get; init; }

    /// <summary>True if requests are answered with a status instead of being done.</summary>
    public bool AnswersOnlyStatus => Status is not null && FailEvery is null && WarnEvery is null;
}
