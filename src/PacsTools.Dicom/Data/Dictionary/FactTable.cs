namespace PacsTools.Dicom.Data;

using Encoding = System.Text.Encoding;

/// <summary>A data file of this assembly: lines of tab-separated fields, comments after <c>#</c>, the edition in the first line.
/// The bytes are kept as they are and fields are cut out when asked for, so that loading costs no strings.</summary>
internal sealed class FactTable
{
    private readonly byte[] _bytes;
    private readonly int[] _starts;

    private FactTable(byte[] bytes, int[] starts, int count, string edition)
    {
        _bytes = bytes;
        _starts = starts;
        Count = count;
        Edition = edition;
    }

    internal int Count { get; }

    internal string Edition { get; }

    internal static FactTable Load(string resource)
    {
        using Stream stream = typeof(FactTable).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {resource}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);

        const string mark = "# edition: ";
        int firstEnd = bytes.AsSpan().IndexOf((byte)'\n');
        string edition = Encoding.UTF8.GetString(bytes, mark.Length, firstEnd - mark.Length).TrimEnd('\r');

        var starts = new int[bytes.AsSpan().Count((byte)'\n')];
        int count = 0;
        for (int at = 0; at < bytes.Length;)
        {
            if (bytes[at] != '#')
                starts[count++] = at;
            at += bytes.AsSpan(at).IndexOf((byte)'\n') + 1;
        }
        return new FactTable(bytes, starts, count, edition);
    }

    /// <summary>One field of a line, as bytes.</summary>
    internal ReadOnlySpan<byte> Field(int line, int field)
    {
        ReadOnlySpan<byte> rest = _bytes.AsSpan(_starts[line]);
        for (int i = 0; i < field; i++)
            rest = rest[(rest.IndexOf((byte)'\t') + 1)..];
        return rest[..rest.IndexOfAny((byte)'\t', (byte)'\r', (byte)'\n')];
    }

    internal string Text(int line, int field) => Encoding.UTF8.GetString(Field(line, field));
}
