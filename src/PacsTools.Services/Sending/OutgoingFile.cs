using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Files;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;

namespace PacsTools.Services.Sending;

/// <summary>A file whose header has been looked at: what a C-STORE request has to say of it, and what has been tried so far.</summary>
/// <param name="Path">Full path.</param>
/// <param name="SOPClassUID">SOP class of the instance.</param>
/// <param name="SOPInstanceUID">SOP instance.</param>
/// <param name="Syntax">The transfer syntax of the data set.</param>
/// <param name="DatasetOffset">Where in the file the data set begins.</param>
internal sealed record OutgoingFile(string Path, string SOPClassUID, string SOPInstanceUID, TransferSyntax Syntax, long DatasetOffset)
{
    private static readonly DicomTag s_afterIdentity = new(0x0008, 0x0019);
    private static readonly DicomFileReadOptions s_identityOnly = new() { StopBefore = s_afterIdentity };

    // No UID is longer. Longer values are stepped over.
    private const long LongestValue = 256;

    // Of a file like that the opening costs more than the reading.
    private const int LongestHeld = 32 << 10;

    private static readonly TransferSyntax[] s_native =
        [TransferSyntax.ExplicitVRLittleEndian, TransferSyntax.ImplicitVRLittleEndian, TransferSyntax.ExplicitVRBigEndian, TransferSyntax.DeflatedExplicitVRLittleEndian];

    /// <summary>How often it has been sent.</summary>
    public int Attempts { get; set; }

    /// <summary>When it was first sent, as a timestamp of the clock; 0 while it has not been.</summary>
    public long Started { get; set; }

    /// <summary>The memory of its tries; null while none has failed.</summary>
    public RetrySequence? Tries { get; set; }

    /// <summary>Why its last try failed; null while none has.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The bytes of a small file, as they were looked at; null if they are to be read once more.</summary>
    public byte[]? Content { get; set; }

    /// <summary>True if the data set is in another encoding than the file says: as it lies, no receiver could read it.</summary>
    public bool IsMisencoded { get; private init; }

    /// <summary>What a presentation context has to be of, to take it as it is.</summary>
    public (string SopClass, string Syntax) Kind => (SOPClassUID, Syntax.UID);

    /// <summary>True for what can be turned into another native transfer syntax.</summary>
    public bool IsNative => CanBeConverted(Syntax);

    /// <summary>True for the transfer syntaxes with all of the data set in them and nothing of it compressed; what JPIP refers to is elsewhere.</summary>
    public static bool CanBeConverted(TransferSyntax syntax) => s_native.Contains(syntax);

    /// <summary>Looks whether a file is a whole instance, and which; its long values are stepped over.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="holdsSmall">True if it is about to be sent: then the bytes of a small one are kept, so that it need not be opened again.</param>
    /// <exception cref="SendException">There is nothing in it that can be sent.</exception>
    public static OutgoingFile Scan(string path, bool holdsSmall = false)
    {
        DicomFile file;
        byte[]? content;
        List<DatasetProblem> problems = [];
        try
        {
            var length = LengthOf(path);
            if (length <= 0)
            {
                throw new SendException("Send.NotDicom", $"{path} is no DICOM file: it is empty.");
            }

            content = holdsSmall && length <= LongestHeld ? File.ReadAllBytes(path) : null;
            file = Open(path, content, problems);
        }
        catch (DicomDataException e)
        {
            throw new SendException("Send.NotDicom", $"{path} is no DICOM file that can be read: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Unreadable(path, e);
        }

        // What the data set says counts: it is what the archive will find (PS3.10 7.1 demands that both agree).
        var sopClass = file.Dataset.GetString(DicomTags.SOPClassUID) ?? file.FileMeta.MediaStorageSOPClassUID;
        var instance = file.Dataset.GetString(DicomTags.SOPInstanceUID) ?? file.FileMeta.MediaStorageSOPInstanceUID;
        if (string.IsNullOrEmpty(sopClass) || string.IsNullOrEmpty(instance) || sopClass == DicomUids.MediaStorageDirectoryStorage)
        {
            throw new SendException("Send.NoInstance", sopClass == DicomUids.MediaStorageDirectoryStorage
                ? $"{path} is a directory of media (DICOMDIR) and no instance that an archive stores."
                : $"{path} names no SOP class or no SOP instance, so it cannot be sent.");
        }

        return new OutgoingFile(path, sopClass, instance, file.TransferSyntax, file.DatasetOffset)
        {
            IsMisencoded = problems.Exists(p => p.IsOtherEncoding),
            Content = content,
        };
    }

    /// <summary>How long the file is now, in bytes.</summary>
    /// <exception cref="SendException">It is gone, or may not be looked at any more.</exception>
    public long ReadLength()
    {
        try
        {
            return new FileInfo(Path).Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(Path, e);
        }
    }

    /// <summary>What there is to tell of it before its end is known.</summary>
    /// <param name="node">Where it goes.</param>
    /// <param name="method">By which road.</param>
    /// <param name="time">The clock of <see cref="Started"/>.</param>
    public DicomSendResult ResultAt(PacsNode node, SendMethod method, TimeProvider time) => new()
    {
        Path = Path,
        SOPInstanceUID = SOPInstanceUID,
        SOPClassUID = SOPClassUID,
        TransferSyntaxUID = Syntax.UID,
        Duration = Started == 0 ? TimeSpan.Zero : time.GetElapsedTime(Started),
        Method = method,
        Attempts = Attempts,
        Node = node,
    };

    // From the first element to the last: what is cut off shows, and nothing is held.
    private static DicomFile Open(string path, byte[]? content, List<DatasetProblem> problems)
    {
        try
        {
            return Read(path, content, new DicomFileReadOptions { ReadPixelData = true, DeferLongerThan = LongestValue, Problems = problems });
        }
        catch (DicomDataException e)
        {
            // Either it is no DICOM file, which the next line says, or one with something wrong behind its header.
            var head = Read(path, content, s_identityOnly);

            // Of what we cannot decode, or not without inflating more than is good, the archive is the judge.
            return !head.TransferSyntax.IsKnown || head.TransferSyntax.IsDeflated
                ? head
                : throw new SendException("Send.Damaged", $"{path} is damaged or cut off: {e.Message}", e) { Advice = "Get the file again from where it came; an archive would keep it as it is." };
        }
    }

    private static DicomFile Read(string path, byte[]? content, DicomFileReadOptions options) =>
        content is null ? DicomFile.Open(path, options) : DicomFile.Read(new MemoryStream(content, 0, content.Length, writable: false, publiclyVisible: true), path, options);

    // A pipe or a device has no length, and opening one may wait for ever.
    private static long LengthOf(string path)
    {
        var info = new FileInfo(path);
        if (info.Attributes.HasFlag(FileAttributes.ReparsePoint) && info.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
        {
            info = target;
        }

        return info.Length;
    }

    public static SendException Unreadable(string path, Exception cause) =>
        new("Send.CannotRead", cause.Message.Contains(path, StringComparison.Ordinal) ? cause.Message : $"{path}: {cause.Message}", cause)
        {
            Advice = cause is UnauthorizedAccessException ? "Run as a user who may read the file." : null,
        };
}
