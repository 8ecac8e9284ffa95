using System.Buffers.Binary;
using System.Text;

namespace PacsTools.TestKit.Scripting;

/// <summary>A command set as elements of group 0000 in implicit VR little endian (PS3.7 6.3.1, E.1), built and read apart from the engine.</summary>
public sealed class RawCommand
{
    public const ushort CStoreRq = 0x0001, CGetRq = 0x0010, CFindRq = 0x0020, CMoveRq = 0x0021, CEchoRq = 0x0030, CCancelRq = 0x0FFF;

    private readonly SortedDictionary<ushort, byte[]> _elements = [];

    public RawCommand(ushort commandField)
    {
        Set(0x0100, commandField);
        Set(0x0800, 0x0101);
    }

    private RawCommand()
    {
    }

    public ushort CommandField => GetUInt16(0x0100) ?? 0;

    public ushort MessageId => GetUInt16(0x0110) ?? 0;

    public ushort MessageIdBeingRespondedTo => GetUInt16(0x0120) ?? 0;

    public ushort? Status => GetUInt16(0x0900);

    public bool HasDataSet => GetUInt16(0x0800) != 0x0101;

    public string? AffectedSOPClassUID => GetText(0x0002);

    public string? AffectedSOPInstanceUID => GetText(0x1000);

    public string? MoveDestination => GetText(0x0600);

    /// <summary>A request with message id and class, the data set announced or not.</summary>
    public static RawCommand Request(ushort commandField, ushort messageId, string sopClassUID, bool hasDataSet = false)
    {
        var command = new RawCommand(commandField);
        command.Set(0x0002, sopClassUID).Set(0x0110, messageId);
        if (commandField is CStoreRq or CFindRq or CMoveRq or CGetRq)
            command.Set(0x0700, 0);
        return hasDataSet ? command.WithDataSet() : command;
    }

    /// <summary>The response to this request.</summary>
    public RawCommand Response(ushort status, bool hasDataSet = false)
    {
        var response = new RawCommand((ushort)(CommandField | 0x8000));
        response.Set(0x0120, MessageId).Set(0x0900, status);
        if (AffectedSOPClassUID is { } sopClass)
            response.Set(0x0002, sopClass);
        if (AffectedSOPInstanceUID is { } instance)
            response.Set(0x1000, instance);
        return hasDataSet ? response.WithDataSet() : response;
    }

    /// <summary>Adds the sub-operation counters of C-MOVE and C-GET; null leaves one out.</summary>
    public RawCommand WithCounters(ushort? remaining, ushort? completed, ushort? failed, ushort? warning)
    {
        (ushort Element, ushort? Value)[] counters = [(0x1020, remaining), (0x1021, completed), (0x1022, failed), (0x1023, warning)];
        foreach ((ushort element, ushort? value) in counters)
        {
            if (value is { } known)
                Set(element, known);
        }
        return this;
    }

    public RawCommand WithDataSet() => Set(0x0800, 0x0001);

    public RawCommand Set(ushort element, ushort value)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        return SetBytes(element, bytes);
    }

    public RawCommand Set(ushort element, string text) =>
        SetBytes(element, Encoding.ASCII.GetBytes(text.Length % 2 == 0 ? text : text + (element is 0x0600 or 0x1030 or 0x0902 ? ' ' : '\0')));

    public RawCommand SetBytes(ushort element, byte[] value)
    {
        _elements[element] = value;
        return this;
    }

    public RawCommand Remove(ushort element)
    {
        _elements.Remove(element);
        return this;
    }

    public ushort? GetUInt16(ushort element) =>
        _elements.TryGetValue(element, out byte[]? value) && value.Length >= 2 ? BinaryPrimitives.ReadUInt16LittleEndian(value) : null;

    public string? GetText(ushort element) =>
        _elements.TryGetValue(element, out byte[]? value) ? Encoding.ASCII.GetString(value).Trim(' ', '\0') : null;

    /// <summary>The bytes, with the group length in front.</summary>
    public byte[] ToBytes()
    {
        byte[] rest = [.. _elements.Where(e => e.Key != 0).SelectMany(e => Element(e.Key, e.Value))];
        byte[] length = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)rest.Length);
        return [.. Element(0, length), .. rest];
    }

    public static RawCommand Parse(ReadOnlySpan<byte> bytes)
    {
        var command = new RawCommand();
        while (bytes.Length >= 8)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
            command._elements[BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..])] = bytes.Slice(8, length).ToArray();
            bytes = bytes[(8 + length)..];
        }
        return command;
    }

    public override string ToString() => $"command {CommandField:X4}H message {MessageId}, responding to {MessageIdBeingRespondedTo}, status {Status:X4}H";

    private static byte[] Element(ushort element, byte[] value)
    {
        byte[] bytes = new byte[8 + value.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2), element);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), value.Length);
        value.CopyTo(bytes, 8);
        return bytes;
    }
}

/// <summary>A whole DIMSE message.</summary>
public sealed record RawMessage(byte ContextId, RawCommand Command, byte[] DataSet);
