using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Pdus;

/// <summary>Reads PDUs from bytes as they arrive (PS3.8 9.3). "Not enough yet" is a normal result; lengths are checked against the limits
/// before anyone buffers what they promise.</summary>
public static class PduReader
{
    private const uint FixedLength = 4;

    // Protocol version, reserved, two titles, reserved.
    private const uint MinAssociateLength = 68;

    /// <summary>Reads the header of a PDU.</summary>
    /// <param name="buffer">What has arrived, starting at the first byte of a PDU.</param>
    /// <param name="header">Type and length.</param>
    /// <returns>False if more bytes are needed.</returns>
    /// <exception cref="DicomProtocolException">The type does not exist. The message names HTTP and TLS peers as such.</exception>
    public static bool TryReadHeader(ReadOnlySpan<byte> buffer, out PduHeader header)
    {
        header = default;
        // Four bytes are enough to recognise a foreign protocol, and a peer that waits for our answer may send no more.
        if (buffer.Length >= 4 && buffer[0] is < (byte)PduType.AAssociateRq or > (byte)PduType.AAbort)
            throw new DicomProtocolException(ForeignProtocol.Describe(buffer), AbortReasons.PduTypeField, 0);
        if (buffer.Length < PduHeader.Size)
            return false;
        header = new PduHeader((PduType)buffer[0], BinaryPrimitives.ReadUInt32BigEndian(buffer[2..]));
        return true;
    }

    /// <summary>Checks the length of a PDU by its header alone, so that nothing too long is ever buffered.</summary>
    /// <param name="header">The header.</param>
    /// <param name="limits">The longest PDUs accepted.</param>
    /// <exception cref="DicomProtocolException">The length is over the limit, or impossible for the type.</exception>
    public static void CheckLength(PduHeader header, PduLimits limits)
    {
        var (least, most) = header.Type switch
        {
            PduType.AAssociateRq or PduType.AAssociateAc => (MinAssociateLength, limits.MaxAssociateLength),
            PduType.PDataTf => (PDataDecoder.MinPduLength, limits.MaxPDataLength),
            _ => (FixedLength, FixedLength),
        };
        if (header.Length >= least && header.Length <= most)
            return;
        var bound = header.Length < least ? $"less than {least}" : $"more than the {most} accepted";
        throw new DicomProtocolException($"{Name(header.Type)} has a length of {header.Length} bytes, {bound}", "PDU-length", 2);
    }

    /// <summary>Reads one whole PDU. A P-DATA-TF is copied; where that matters use <see cref="PDataDecoder"/>.</summary>
    /// <param name="buffer">What has arrived, starting at the first byte of a PDU.</param>
    /// <param name="limits">The longest PDUs accepted.</param>
    /// <param name="pdu">The PDU, or null if more bytes are needed.</param>
    /// <param name="consumed">How many bytes it took; 0 if more are needed.</param>
    /// <returns>False if more bytes are needed.</returns>
    /// <exception cref="DicomProtocolException">The PDU is too long or malformed; the association is to be aborted.</exception>
    public static bool TryRead(ReadOnlySpan<byte> buffer, PduLimits limits, [NotNullWhen(true)] out Pdu? pdu, out int consumed)
    {
        pdu = null;
        consumed = 0;
        if (!TryReadHeader(buffer, out var header))
            return false;
        CheckLength(header, limits);
        if ((uint)(buffer.Length - PduHeader.Size) < header.Length)
            return false;
        pdu = Read(header, buffer.Slice(PduHeader.Size, (int)header.Length));
        consumed = PduHeader.Size + (int)header.Length;
        return true;
    }

    /// <summary>The standard's name of a PDU type, for messages and transcripts.</summary>
    public static string Name(PduType type) => type switch
    {
        PduType.AAssociateRq => "A-ASSOCIATE-RQ",
        PduType.AAssociateAc => "A-ASSOCIATE-AC",
        PduType.AAssociateRj => "A-ASSOCIATE-RJ",
        PduType.PDataTf => "P-DATA-TF",
        PduType.AReleaseRq => "A-RELEASE-RQ",
        PduType.AReleaseRp => "A-RELEASE-RP",
        PduType.AAbort => "A-ABORT",
        _ => $"PDU {(byte)type:X2}H",
    };

    private static Pdu Read(PduHeader header, ReadOnlySpan<byte> body) => header.Type switch
    {
        PduType.AAssociateRq => AssociateReader.ReadRequest(new ItemCursor(body, PduHeader.Size)),
        PduType.AAssociateAc => AssociateReader.ReadAcceptance(new ItemCursor(body, PduHeader.Size)),
        PduType.AAssociateRj => new AAssociateRj(body[1], body[2], body[3]),
        PduType.PDataTf => ReadPData(header.Length, body),
        PduType.AReleaseRq => new AReleaseRq(),
        PduType.AReleaseRp => new AReleaseRp(),
        _ => new AAbort(body[2], body[3]),
    };

    private static PDataTf ReadPData(uint length, ReadOnlySpan<byte> body)
    {
        var values = new List<Pdv>(1);
        var decoder = default(PDataDecoder);
        decoder.Reset(length);
        while (decoder.TryNext(body, out var slice, out var consumed))
        {
            // The whole body is at hand, so every slice is a whole value.
            values.Add(new Pdv(slice.ContextId, slice.IsCommand, slice.IsLast, body.Slice(slice.Offset, slice.Length).ToArray()));
            if (slice.EndOfPdu)
                break;
            body = body[consumed..];
        }

        return new PDataTf(values);
    }
}
