using System.Buffers;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Files;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Web;

/// <summary>
/// Takes one Part 10 file as it arrives and hands its data set, bit for bit, to whoever receives it, the way an instance of a C-STORE goes. The head it came
/// with is replaced by one of our own, as files have that come by any other road. Bytes are held only until the header has told where they belong.
/// </summary>
internal sealed class WebInstance(IReceiveSubscription receiver, IInstanceSource source)
{
    private readonly ArrayBufferWriter<byte> _held = new();
    private readonly ReadOnlyMemory<byte>[] _piece = new ReadOnlyMemory<byte>[1];
    private Part10Head? _head;
    private HeaderScanner? _scanner;
    private Delivery? _delivery;
    private bool _routed;

    /// <summary>The instance once its header has been read; null if it has not, or if it is none.</summary>
    public IncomingInstance? Instance { get; private set; }

    /// <summary>Why the bytes are no instance; null unless they are none.</summary>
    public string? Problem { get; private set; }

    /// <summary>True if nobody wants the instance.</summary>
    public bool IsUnwanted => _routed && Instance is not null && _delivery is null;

    /// <summary>True if it could not be kept here for a reason that the next one will meet too.</summary>
    public bool IsHopeless => _delivery is { Status: StorageFault.OutOfResources or StorageFault.ProcessingFailure };

    /// <summary>Transfer syntax said of the part, for files that do not say it themselves.</summary>
    public string? SaidTransferSyntax { get; init; }

    public void Write(ReadOnlyMemory<byte> bytes)
    {
        if (Problem is not null)
            return;
        if (_routed)
        {
            _scanner!.Advance(bytes.Span);
            Deliver(bytes);
            return;
        }

        // A header almost always lies in the first piece: then nothing has to be held.
        if (_held.WrittenCount > 0)
        {
            _held.Write(bytes.Span);
            Look(_held.WrittenMemory, bytes);
        }
        else
        {
            Look(bytes, bytes);
            if (!_routed && Problem is null)
                _held.Write(bytes.Span);
        }
    }

    /// <summary>The file has come as a whole: gives it its name and hands it over.</summary>
    public void Complete()
    {
        if (Problem is null && !_routed)
            Route(_held.WrittenMemory);
        _delivery?.Complete();
    }

    /// <summary>The file broke off: nothing of it stays.</summary>
    public void BreakOff() => _delivery?.BreakOff();

    /// <summary>Looks for the header in the file so far, of which the last bytes are new.</summary>
    private void Look(ReadOnlyMemory<byte> all, ReadOnlyMemory<byte> fresh)
    {
        if (_head is null)
        {
            if (!Part10Head.TryRead(all.Span, out _head))
                Problem = "it is no DICOM file";
            if (_head is null)
                return;
            if ((_head.TransferSyntaxUID ?? SaidTransferSyntax) is not { } syntax)
            {
                Problem = "its transfer syntax is not told";
                return;
            }

            _scanner = new HeaderScanner(TransferSyntax.Get(syntax), StorageScp.RoutingTags.Concat(receiver.WantedTags).Distinct());
            fresh = all[_head.Length..];
        }

        if (_scanner!.Advance(fresh.Span))
            Route(all);
    }

    private void Route(ReadOnlyMemory<byte> all)
    {
        if (_head is null || all.Length == _head.Length)
        {
            Problem = "it is no DICOM file";
            return;
        }

        // The data set is the instance; a head can be wrong.
        var sopClass = Uid(DicomTags.SOPClassUID) ?? _head.SOPClassUID;
        var uid = Uid(DicomTags.SOPInstanceUID) ?? _head.SOPInstanceUID;
        if (sopClass is null || uid is null)
        {
            Problem = "it has no SOP class or instance UID";
            return;
        }

        _routed = true;
        Instance = new IncomingInstance(_scanner)
        {
            SOPClassUID = sopClass,
            SOPInstanceUID = uid,
            TransferSyntaxUID = (_head.TransferSyntaxUID ?? SaidTransferSyntax)!,
            CallingAETitle = source.SendingAETitle,
            CalledAETitle = source.ReceivingAETitle,
        };
        if (receiver.IsOver || receiver.Begin(Instance, source) is not { } target)
            return;
        _delivery = new Delivery(receiver, Instance, source);
        try
        {
            _delivery.Open(target, FileHeader(Instance));
        }
        catch (Exception e) when (e is DicomException or ArgumentException)
        {
            Problem = "its UIDs cannot stand in a file";
            _delivery.BreakOff();
            return;
        }

        Deliver(all[_head.Length..]);
        _held.Clear();
    }

    private void Deliver(ReadOnlyMemory<byte> bytes)
    {
        _piece[0] = bytes;
        _delivery?.Write(_piece);
    }

    private string? Uid(DicomTag tag) => _scanner!.GetString(tag)?.Trim(' ', '\0') is { Length: > 0 and <= DicomUids.MaxLength } uid ? uid : null;

    private static byte[] FileHeader(IncomingInstance instance) => new FileMetaInformation
    {
        MediaStorageSOPClassUID = instance.SOPClassUID,
        MediaStorageSOPInstanceUID = instance.SOPInstanceUID,
        TransferSyntaxUID = instance.TransferSyntaxUID,
    }.Encode();
}
