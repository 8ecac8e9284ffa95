using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace PacsTools.Services.Transcripts;

/// <summary>
/// A text file that is told what passes on associations: PDUs, command sets, and identifiers without their patients' values. Several jobs may write to one
/// file; it is closed when the last of them ends.
/// </summary>
/// <remarks>
/// The associations a job opens or borrows are written to its transcript, which follows the job's asynchronous flow. What comes in at a Storage SCP of this process is
/// written to every transcript that is open, since it belongs to no job before it has been read.
/// </remarks>
internal sealed class ProtocolTranscript : IDisposable
{
    private static readonly AsyncLocal<ProtocolTranscript?> s_current = new();
    private static readonly Dictionary<string, ProtocolTranscript> s_open = new(StringComparer.Ordinal);

    private readonly object _gate = new();
    private readonly StreamWriter _writer;
    private readonly TimeProvider _time;
    private int _users = 1;
    private bool _withPatientValues;
    private bool _closed;

    private ProtocolTranscript(string path, bool withPatientValues, TimeProvider time)
    {
        Path = path;
        _withPatientValues = withPatientValues;
        _time = time;
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read };
        // Even redacted it tells who asked whom for what.
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _writer = new StreamWriter(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), options) { NewLine = "\n" };
    }

    /// <summary>The transcript of the job at hand; null if it has none.</summary>
    public static ProtocolTranscript? Current => s_current.Value;

    /// <summary>Every transcript that is open.</summary>
    public static IReadOnlyList<ProtocolTranscript> Open
    {
        get
        {
            lock (s_open)
                return [.. s_open.Values];
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>True if values are written that may tell who a patient is: only as long as each job that joined wants them.</summary>
    public bool WithPatientValues => Volatile.Read(ref _withPatientValues);

    /// <summary>Opens a file to append to, or joins those who write to it already. Dispose the result when the job ends.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="withPatientValues">True to write every value, unless a job that writes to the same file wants it redacted.</param>
    /// <param name="time">The clock of its lines.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static ProtocolTranscript Start(string path, bool withPatientValues, TimeProvider? time = null)
    {
        lock (s_open)
        {
            if (s_open.TryGetValue(path, out var open))
            {
                open._users++;
                if (!withPatientValues)
                    Volatile.Write(ref open._withPatientValues, false);
                return open;
            }

            return s_open[path] = new ProtocolTranscript(path, withPatientValues, time ?? TimeProvider.System);
        }
    }

    /// <summary>Makes it the transcript of the asynchronous flow that calls; an async method that does so sets it for itself and what it starts.</summary>
    public void Follow() => s_current.Value = this;

    /// <summary>Writes lines that belong together under one time. What cannot be written any more is dropped: a full disk must not end a retrieve.</summary>
    public void Write(string lines)
    {
        lock (_gate)
        {
            if (_closed)
                return;
            try
            {
                _writer.Write(_time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z' ", CultureInfo.InvariantCulture));
                _writer.WriteLine(lines);
                _writer.Flush();
            }
            catch (IOException)
            {
                _closed = true;
            }
        }
    }

    public void Dispose()
    {
        lock (s_open)
        {
            if (--_users > 0)
                return;
            s_open.Remove(Path);
        }

        lock (_gate)
        {
            _closed = true;
            try
            {
                _writer.Dispose();
            }
            catch (IOException)
            {
                // The disk is full; what was written stays.
            }
        }
    }
}
