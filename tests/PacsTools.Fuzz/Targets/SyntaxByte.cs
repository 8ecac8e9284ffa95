using System.IO.Compression;
using PacsTools.Dicom.Data;
using PacsTools.Fuzz.Grammars;
using PacsTools.Fuzz.Mutation;

namespace PacsTools.Fuzz.Targets;

/// <summary>Inputs that are a data set in some transfer syntax, which their first byte says.</summary>
internal static class SyntaxByte
{
    /// <summary>The most a deflated data set may inflate to in a run; the product's own bound would make one input take seconds.</summary>
    internal const long MaxInflated = 1 << 20;

    private static readonly TransferSyntax[] s_syntaxes =
    [
        TransferSyntax.ImplicitVRLittleEndian, TransferSyntax.ExplicitVRLittleEndian, TransferSyntax.ExplicitVRBigEndian, TransferSyntax.DeflatedExplicitVRLittleEndian,
        TransferSyntax.Get(DicomUids.JPEGBaseline8Bit), TransferSyntax.Get("1.2.840.113619.5.2"), TransferSyntax.Get("1.2.3.4"), TransferSyntax.ExplicitVRLittleEndian,
    ];

    internal static TransferSyntax SyntaxOf(byte[] input) => s_syntaxes[input.Length == 0 ? 1 : input[0] & 7];

    internal static DicomForm FormOf(TransferSyntax syntax) => new(syntax.IsExplicitVR, syntax.IsBigEndian);

    internal static ReadOnlyMemory<byte> DataOf(byte[] input) => input.AsMemory(Math.Min(1, input.Length));

    /// <summary>Bytes a data set amounts to once it is inflated: deflate makes at most 1032 of one.</summary>
    internal static long Received(byte[] input) => SyntaxOf(input).IsDeflated ? Math.Min(MaxInflated, 1032L * input.Length) : input.Length;

    internal static byte[] Generate(FuzzRandom random)
    {
        byte[] first = [random.Byte()];
        TransferSyntax syntax = SyntaxOf(first);
        return [.. first, .. Pack(DicomNode.Write(DicomGrammar.Generate(random), FormOf(syntax)), syntax, random)];
    }

    internal static byte[]? Mutate(byte[] input, FuzzRandom random)
    {
        if (input.Length < 2) return null;
        TransferSyntax syntax = SyntaxOf(input);
        if (Unpack(input.AsSpan(1), syntax) is not { } plain) return null;
        List<DicomNode> nodes = DicomNode.Read(plain, FormOf(syntax), out _);
        DicomGrammar.Mutate(nodes, random);
        return [input[0], .. Pack(DicomNode.Write(nodes, FormOf(syntax)), syntax, random)];
    }

    internal static byte[] Pack(byte[] plain, TransferSyntax syntax, FuzzRandom random)
    {
        if (!syntax.IsDeflated || random.OneIn(30)) return plain;
        using var packed = new MemoryStream();
        using (Stream deflating = random.OneIn(4) ? new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true) : new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            deflating.Write(plain);
        return packed.ToArray();
    }

    private static byte[]? Unpack(ReadOnlySpan<byte> bytes, TransferSyntax syntax)
    {
        if (!syntax.IsDeflated) return bytes.ToArray();
        try
        {
            using var inflating = new DeflateStream(new MemoryStream(bytes.ToArray()), CompressionMode.Decompress);
            byte[] plain = new byte[64 << 10];
            return plain[..inflating.ReadAtLeast(plain, plain.Length, throwOnEndOfStream: false)];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
