using System.Text;
using PacsTools.Dicom.Errors;
using PacsTools.Fuzz.Grammars;
using PacsTools.Fuzz.Mutation;
using PacsTools.Services.Web;

namespace PacsTools.Fuzz.Targets;

/// <summary>
/// Multipart bodies as a DICOMweb server may send them, read in pieces of different size with the same outcome. The first line is the Content-Type that
/// names the boundary.
/// </summary>
internal sealed class MultipartTarget : FuzzTarget
{
    private static readonly Uri s_server = new("http://localhost/");
    private static readonly string[] s_boundaries = ["B", "-", "--", "abc", "=_mime\u0020x", "0123456789012345678901234567890123456789012345678901234567890123456789"];

    internal override string Name => "multipart";

    internal override IReadOnlyList<string> Rooms => ["PacsTools.Services.Web.MultipartReader", "PacsTools.Services.Web.WebMediaType"];

    internal override IReadOnlyList<byte[]> Tokens { get; } =
        ["\r\n--B"u8.ToArray(), "\r\n--B--"u8.ToArray(), "--B\r\n"u8.ToArray(), "\r\n\r\n"u8.ToArray(), "boundary="u8.ToArray(), "boundary=\""u8.ToArray(), .. MultipartGrammar.Headers.Select(Encoding.Latin1.GetBytes)];

    // The buffer of 256 KiB is rented anew where none was given back.
    internal override long AllocationAtRest => 1 << 20;

    internal override long AllocationPerByte => 200;

    internal override byte[] Generate(FuzzRandom random)
    {
        string boundary = random.Pick(s_boundaries);
        string written = random.OneIn(2) ? boundary : $"\"{boundary}\"";
        return [.. Encoding.Latin1.GetBytes($"multipart/related; type=\"application/dicom\"; boundary={written}\n"), .. MultipartGrammar.Generate(random, boundary)];
    }

    internal override byte[]? MutateStructure(byte[] input, FuzzRandom random) => MultipartGrammar.MutateLines(input, random, [.. MultipartGrammar.Headers, "--B", "--B--", ""]);

    internal override bool IsDocumented(Exception error) => error is DicomException;

    internal override void Try(byte[] input)
    {
        int end = Math.Max(0, input.AsSpan().IndexOf((byte)'\n'));
        WebMediaType type = WebMediaType.Parse(Encoding.Latin1.GetString(input, 0, end));
        byte[] body = input[Math.Min(input.Length, end + 1)..];
        string whole = Read(body, type["boundary"], int.MaxValue);
        Promise(whole == Read(body, type["boundary"], 1 + (input.Length % 90)), "the pieces of a multipart body do not change what is read");
    }

    private string Read(byte[] body, string? boundary, int most)
    {
        var story = new StringBuilder();
        if (!Attempt(() => ReadParts(body, boundary, most, story))) story.Append("error");
        return story.ToString();
    }

    private static void ReadParts(byte[] body, string? boundary, int most, StringBuilder story)
    {
        using var stream = new ChunkedStream(body, most);
        using var reader = new MultipartReader(stream, boundary, s_server);
        while (Now(reader.NextAsync()) is { } part)
        {
            story.Append(part.Name).Append(part["transfer-syntax"]).Append(' ');
            if (story.Length % 3 == 1) continue;
            long length = 0, sum = 0;
            while (Now(reader.ReadAsync()) is { IsEmpty: false } piece)
            {
                length += piece.Length;
                foreach (byte b in piece.Span) sum = (sum * 31) + b;
            }

            story.Append(length).Append(' ').Append(sum).Append(' ');
        }
    }

    // The stream never waits, so whatever reads it is done when it returns.
    private static T Now<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();
}
