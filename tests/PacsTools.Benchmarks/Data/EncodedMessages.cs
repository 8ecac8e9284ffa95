using System.Buffers.Binary;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Benchmarks.Data;

/// <summary>C-STORE requests as P-DATA-TF PDUs in a file, each with its length (8 bytes, little endian) in front, so that sending them costs nothing but the sending.</summary>
internal static class EncodedMessages
{
    public const byte ContextId = 1;

    /// <summary>The longest body any receiver here announces to take at least.</summary>
    private const int MaxPduLength = 131072;

    public static void Write(string path, Load load)
    {
        using FileStream file = File.Create(path);
        byte[] buffer = new byte[MaxPduLength - 6];
        ushort messageId = 0;
        foreach (string source in load.Paths)
        {
            using FileStream instance = File.OpenRead(source);
            long length = instance.Length - Skip(instance);
            byte[] command = RawPdu.DataValue(
                ContextId,
                isCommand: true,
                isLast: true,
                RawCommand.Request(RawCommand.CStoreRq, ++messageId, load.SOPClassUID, hasDataSet: true).Set(0x1000, InstanceUID(source)).ToBytes()).ToBytes();
            long pdus = (length + buffer.Length - 1) / buffer.Length;
            byte[] total = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(total, command.Length + length + (pdus * 12));
            file.Write(total);
            file.Write(command);
            for (long left = length; left > 0;)
            {
                int part = (int)Math.Min(left, buffer.Length);
                instance.ReadExactly(buffer, 0, part);
                left -= part;
                file.Write(RawPdu.DataValue(ContextId, isCommand: false, isLast: left == 0, buffer.AsSpan(0, part)).ToBytes());
            }
        }
    }

    // The generator's files: 128 bytes of preamble, prefix, group length, file meta information (PS3.10 7.1).
    private static long Skip(FileStream file)
    {
        byte[] head = new byte[144];
        file.ReadExactly(head);
        file.Position = 144 + BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(140));
        return file.Position;
    }

    private static string InstanceUID(string path) => PacsTools.Dicom.Files.DicomFile.Open(path).FileMeta.MediaStorageSOPInstanceUID!;
}
