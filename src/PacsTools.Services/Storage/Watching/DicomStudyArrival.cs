namespace PacsTools.Services.Storage;

/// <summary>What arrived of one study between its first instance and the silence after its last.</summary>
public sealed record DicomStudyArrival
{
    /// <summary>Study Instance UID (0020,000D); null for instances that name none.</summary>
    public string? StudyInstanceUID { get; init; }

    /// <summary>Patient ID (0010,0020) of the first instance that has one; null if none has.</summary>
    public string? PatientID { get; init; }

    /// <summary>Different series that something came of.</summary>
    public int NumberOfSeries { get; init; }

    /// <summary>Instances answered with success: those stored and the duplicates.</summary>
    public int Received { get; init; }

    /// <summary>Instances written.</summary>
    public int Stored { get; init; }

    /// <summary>Instances that were there already, byte for byte; nothing was written.</summary>
    public int Duplicate { get; init; }

    /// <summary>Instances that could not be kept or broke off, and that did not come again before the silence.</summary>
    public int Failed { get; init; }

    /// <summary>Bytes of the files of the instances received.</summary>
    public long Bytes { get; init; }

    /// <summary>Local time when the first instance was complete or failed.</summary>
    public DateTime FirstArrival { get; init; }

    /// <summary>Local time of the last.</summary>
    public DateTime LastArrival { get; init; }

    /// <summary>The files, each once, in the order of arrival.</summary>
    public string[] Path { get; init; } = [];

    /// <summary>The same as <see cref="Path"/>, under the name that file cmdlets bind.</summary>
    public string[] FullName => Path;

    /// <summary>The AE titles it came from.</summary>
    public string[] SendingAETitle { get; init; } = [];

    /// <summary>The addresses it came from.</summary>
    public string[] SendingAddress { get; init; } = [];

    /// <summary>The study.</summary>
    public override string ToString() => StudyInstanceUID ?? "unknown study";
}
