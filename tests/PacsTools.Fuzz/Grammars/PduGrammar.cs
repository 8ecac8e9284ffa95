using PacsTools.Fuzz.Mutation;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Fuzz.Grammars;

/// <summary>Makes PDUs and messages (PS3.8 9.3, PS3.7 6.3), and changes them item by item.</summary>
internal static class PduGrammar
{
    private static readonly byte[] s_itemTypes = [0x10, 0x20, 0x21, 0x30, 0x40, 0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x00, 0xFF];

    internal static byte[] Generate(FuzzRandom random)
    {
        RawPdu pdu = random.Next(9) switch
        {
            0 or 1 => Associate(random).ToRequest(),
            2 or 3 => Associate(random).ToAccept(context => new RawContextAnswer(context.Id, (byte)random.Next(random.OneIn(3) ? 256 : 1), random.Pick(Vocabulary.Uids))),
            4 => RawPdu.Reject(random.Byte(), random.Byte(), random.Byte()),
            5 => RawPdu.Abort(random.Byte(), random.Byte()),
            6 => random.OneIn(2) ? RawPdu.Release : RawPdu.ReleaseReply,
            _ => Data(random, random.Bytes(random.Length(300)), (byte)(1 + (2 * random.Next(3))), random.OneIn(2)),
        };
        return Damaged(pdu, random);
    }

    /// <summary>A request or acceptance for contexts 1, 3, 5…, with user information of every kind.</summary>
    internal static RawAssociate Associate(FuzzRandom random)
    {
        var contexts = new List<RawContext>();
        for (int count = random.OneIn(20) ? 128 : random.Next(5); count > 0; count--)
        {
            string[] syntaxes = new string[random.Next(random.OneIn(10) ? 40 : 4) + 1];
            for (int i = 0; i < syntaxes.Length; i++) syntaxes[i] = random.Pick(Vocabulary.Uids);
            contexts.Add(new RawContext((byte)((2 * contexts.Count) + (random.OneIn(40) ? 0 : 1)), random.Pick(Vocabulary.Uids), syntaxes));
        }

        var user = new List<(byte, byte[])>();
        for (int count = random.Next(6); count > 0; count--) user.Add(UserItem(random));
        return new RawAssociate { Contexts = contexts, MaxPduLength = random.OneIn(3) ? (uint)random.Next64() >> random.Next(32) : 16384, UserItems = user, CalledAETitle = random.OneIn(5) ? "" : "FUZZED" };
    }

    /// <summary>The PDUs of one message, its fragments cut anyhow.</summary>
    internal static byte[] Message(FuzzRandom random, byte context, byte[] command, byte[]? dataset)
    {
        var bytes = new ByteWriter();
        foreach ((byte[] part, bool isCommand) in new[] { (command, true), (dataset ?? [], false) })
        {
            if (!isCommand && dataset is null) continue;
            int pieces = random.OneIn(4) ? 1 + random.Next(5) : 1;
            for (int i = 0; i < pieces; i++)
            {
                byte[] piece = part[(part.Length * i / pieces)..(part.Length * (i + 1) / pieces)];
                byte id = random.OneIn(60) ? random.Byte() : context;
                bytes.Add(Damaged(new RawPdu(RawPdu.Data, RawPdu.Pdv(id, random.OneIn(80) != isCommand, random.OneIn(80) != (i == pieces - 1), piece)), random));
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Changes one item of one PDU and mends the lengths around it.</summary>
    internal static byte[]? Mutate(byte[] input, FuzzRandom random)
    {
        var bytes = new ByteWriter();
        bool changed = false;
        int at = 0;
        while (input.Length - at >= 6)
        {
            uint length = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(input.AsSpan(at + 2));
            int end = (int)Math.Min(input.Length, at + 6L + length);
            byte[] body = input[(at + 6)..end];
            if (!changed || random.OneIn(4))
            {
                (byte[] mutated, changed) = (Change(input[at], body, random), true);
                if (random.OneIn(12)) bytes.Add(new RawPdu(input[at], body).ToBytes());
                if (!random.OneIn(12)) bytes.Add(new RawPdu(random.OneIn(30) ? (byte)random.Next(9) : input[at], mutated).ToBytes());
            }
            else
            {
                bytes.Add(new RawPdu(input[at], body).ToBytes());
            }

            at = end;
        }

        return changed ? bytes.Add(input[at..]).ToArray() : null;
    }

    private static byte[] Change(byte type, byte[] body, FuzzRandom random) => type switch
    {
        RawPdu.AssociateRq or RawPdu.AssociateAc when body.Length >= 68 => [.. body[..68], .. ChangeItems(body[68..], random, 0)],
        RawPdu.Data => ChangePdvs(body, random),
        _ => body,
    };

    private static byte[] ChangeItems(byte[] items, FuzzRandom random, int depth)
    {
        List<(byte Type, byte[] Value)> list = ReadItems(items);
        if (list.Count == 0) list.Add(UserItem(random));
        int at = random.Next(list.Count);
        (byte type, byte[] value) = list[at];
        int fixedPart = type is 0x20 or 0x21 ? 4 : 0;
        if (depth < 2 && type is 0x20 or 0x21 or 0x50 && value.Length > fixedPart && !random.OneIn(4))
        {
            list[at] = (type, [.. value[..fixedPart], .. ChangeItems(value[fixedPart..], random, depth + 1)]);
        }
        else
        {
            switch (random.Next(6))
            {
                case 0: list.RemoveAt(at); break;
                case 1: list.Insert(random.Next(list.Count + 1), list[at]); break;
                case 2: list[at] = (random.Pick(s_itemTypes), value); break;
                case 3: list[at] = (type, ByteMutator.Mutate(value, random, [], [], 4000)); break;
                case 4: list[at] = (type, value[..random.Next(value.Length + 1)]); break;
                default: list.Insert(at, UserItem(random)); break;
            }
        }

        var bytes = new ByteWriter();
        foreach ((byte itemType, byte[] itemValue) in list) bytes.Add(RawAssociate.Item(itemType, itemValue));
        return bytes.ToArray();
    }

    private static byte[] ChangePdvs(byte[] body, FuzzRandom random)
    {
        var values = new List<(byte Context, byte Control, byte[] Data)>();
        for (int at = 0; body.Length - at >= 6;)
        {
            uint length = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(at));
            int end = (int)Math.Min(body.Length, at + 4L + Math.Max(2, length));
            values.Add((body[at + 4], body[at + 5], body[(at + 6)..end]));
            at = end;
        }

        if (values.Count == 0) return body;
        int which = random.Next(values.Count);
        (byte context, byte control, byte[] data) = values[which];
        switch (random.Next(6))
        {
            case 0: values[which] = (random.Byte(), control, data); break;
            case 1: values[which] = (context, (byte)random.Next(random.OneIn(4) ? 256 : 4), data); break;
            case 2: values[which] = (context, control, ByteMutator.Mutate(data, random, Vocabulary.Tokens, [], 8000)); break;
            case 3: values.Insert(which, (context, (byte)(control & 1), data[..(data.Length / 2)])); values[which + 1] = (context, control, data[(data.Length / 2)..]); break;
            case 4: values.Insert(which, values[which]); break;
            default: values.RemoveAt(which); break;
        }

        var bytes = new ByteWriter();
        foreach ((byte id, byte header, byte[] fragment) in values) bytes.UInt32((uint)fragment.Length + 2, true).Add(id, header).Add(fragment);
        return bytes.ToArray();
    }

    private static List<(byte Type, byte[] Value)> ReadItems(byte[] bytes)
    {
        var items = new List<(byte, byte[])>();
        for (int at = 0; bytes.Length - at >= 4;)
        {
            int end = Math.Min(bytes.Length, at + 4 + ((bytes[at + 2] << 8) | bytes[at + 3]));
            items.Add((bytes[at], bytes[(at + 4)..end]));
            at = end;
        }

        return items;
    }

    private static (byte Type, byte[] Value) UserItem(FuzzRandom random)
    {
        byte type = random.Pick(s_itemTypes);
        byte[] uid = System.Text.Encoding.Latin1.GetBytes(random.Pick(Vocabulary.Uids));
        var value = new ByteWriter();
        switch (type)
        {
            case 0x53: value.UInt16((ushort)random.Next(65536), true).UInt16(1, true); break;
            case 0x54: value.UInt16((ushort)uid.Length, true).Add(uid).Add((byte)random.Next(2), (byte)random.Next(2)); break;
            case 0x56: value.UInt16((ushort)uid.Length, true).Add(uid).Add(random.Bytes(random.Next(8))); break;
            case 0x57: value.UInt16((ushort)uid.Length, true).Add(uid).UInt16((ushort)uid.Length, true).Add(uid).UInt16((ushort)(uid.Length + 2), true).UInt16((ushort)uid.Length, true).Add(uid); break;
            case 0x58: value.Add((byte)random.Next(6), (byte)random.Next(2)).UInt16(4, true).Add(random.Bytes(4)).UInt16(2, true).Add(random.Bytes(2)); break;
            case 0x59: value.UInt16(4, true).Add(random.Bytes(4)); break;
            default: value.Add(random.OneIn(2) ? uid : random.Bytes(random.Length(40))); break;
        }

        return (type, value.ToArray());
    }

    private static RawPdu Data(FuzzRandom random, byte[] payload, byte context, bool isCommand)
    {
        byte[] pdvs = RawPdu.Pdv(context, isCommand, random.OneIn(2), payload);
        while (random.OneIn(3)) pdvs = [.. pdvs, .. RawPdu.Pdv(context, isCommand, random.OneIn(2), random.Bytes(random.Length(60)))];
        return new RawPdu(RawPdu.Data, pdvs);
    }

    private static byte[] Damaged(RawPdu pdu, FuzzRandom random)
    {
        byte[] bytes = pdu.ToBytes();
        return random.OneIn(50) ? ByteMutator.Mutate(bytes, random, [], [], 1 << 20) : bytes;
    }
}
