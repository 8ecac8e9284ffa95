using System.Globalization;
using System.Management.Automation;
using PacsTools.Binding;
using PacsTools.Pipeline;
using PacsTools.Services.Observation;
using PacsTools.Services.Transcripts;

namespace PacsTools.Commands;

/// <content>What is told of the associations of a command: -Verbose and transcripts.</content>
public abstract partial class PacsCmdlet
{
    /// <summary>The preference variable that names a transcript for every command.</summary>
    private const string TranscriptPreference = "PacsToolsTranscript";

    private ProtocolTranscript? _transcript;
    private bool _isVerbose;

    /// <summary>
    /// A file to which every PDU and command set is appended as text while the command runs, patients' values redacted; unless given, the preference variable
    /// PacsToolsTranscript names it.
    /// </summary>
    /// <value>The preference variable PacsToolsTranscript</value>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Transcript { get; set; }

    /// <summary>Leaves patients' values in the transcript, as long as every command that writes to the same file at the time says so too.</summary>
    [Parameter]
    public SwitchParameter TranscriptPatientData { get; set; }

    /// <inheritdoc/>
    private protected override void Prepare()
    {
        _isVerbose = MyInvocation.BoundParameters.TryGetValue("Verbose", out var verbose)
            ? verbose is SwitchParameter { IsPresent: true }
            : GetVariableValue("VerbosePreference") is not (null or ActionPreference.SilentlyContinue or ActionPreference.Ignore);
        var given = Transcript ?? Convert.ToString(GetVariableValue(TranscriptPreference), CultureInfo.InvariantCulture);
        if (string.IsNullOrEmpty(given))
        {
            if (TranscriptPatientData) throw Arguments.Invalid("-TranscriptPatientData needs -Transcript, or $PacsToolsTranscript.", TranscriptPatientData);
            return;
        }

        var path = FileSystemPath.Resolve(SessionState, given, nameof(Transcript));
        try
        {
            _transcript = ProtocolTranscript.Start(path, TranscriptPatientData);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TerminatingErrorException(new ErrorRecord(e, "Transcript.CannotWrite", ErrorCategory.WriteError, path)
            {
                ErrorDetails = new ErrorDetails($"The transcript cannot be written: {e.Message}"),
            });
        }
    }

    /// <inheritdoc/>
    private protected override async Task InContextAsync(IPipeline pipeline, Func<Task> work)
    {
        _transcript?.Follow();
        if (_isVerbose) JobVoice.Follow(new PipelineJobLog(pipeline));
        await work().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    private protected override void Finish() => Interlocked.Exchange(ref _transcript, null)?.Dispose();
}
