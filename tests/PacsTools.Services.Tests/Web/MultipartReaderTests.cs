using System.Text;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Web;

namespace PacsTools.Services.Tests.Web;

public sealed class MultipartReaderTests
{
    private static readonly Uri s_server = new("http://test/");
    private static readonly byte[] s_first = [.. "\r\n--b\r\n-\r\r\n--B\r\n\r\n--"u8.ToArray(), 0, 255, 13, 10];
    private static readonly byte[] s_second = [.. Enumerable.Range(0, 300).Select(i => (byte)i)];

    private static byte[] Body => [.. "ignored preamble\r\n--b1\r\nContent-Type: application/dicom\r\nX: y\r\n\r\n"u8, .. s_first, .. "\r\n--b1  \r\n\r\n"u8, .. s_second, .. "\r\n--b1--\r\nepilogue"u8];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(100_000)]
    public async Task Parts_come_out_whole_however_the_bytes_are_cut(int piece)
    {
        var parts = await ReadAsync(Body, piece);
        Assert.Equal([s_first, s_second], parts);
    }

    [Fact]
    public async Task No_truncation_passes_for_a_whole_body()
    {
        var body = Body;
        var whole = body.Length - "\r\nepilogue".Length;
        for (var length = 0; length < whole; length++)
            Assert.Equal(NetworkFailure.ConnectionLost, (await Assert.ThrowsAsync<DicomNetworkException>(() => ReadAsync(body[..length], 33))).Failure);
        Assert.Equal(2, (await ReadAsync(body[..whole], 33)).Count);
    }

    [Theory]
    [InlineData("no delimiter anywhere", true)]
    [InlineData("--b1x\r\n\r\n", false)]
    [InlineData("--b1\r\nContent-Transfer-Encoding: base64\r\n\r\n", false)]
    public async Task What_is_no_multipart_is_refused(string start, bool repeat)
    {
        var body = Encoding.ASCII.GetBytes(repeat ? string.Concat(Enumerable.Repeat(start, 20_000)) : start + new string(' ', 100));
        Assert.Equal("DicomWeb.BadResponse", (await Assert.ThrowsAsync<DicomWebException>(() => ReadAsync(body, 1000))).Id);
    }

    [Fact]
    public async Task Endless_headers_are_refused()
    {
        var body = Encoding.ASCII.GetBytes("--b1\r\n" + string.Concat(Enumerable.Repeat("Header: value\r\n", 10_000)));
        Assert.Equal("DicomWeb.BadResponse", (await Assert.ThrowsAsync<DicomWebException>(() => ReadAsync(body, 1000))).Id);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ä")]
    public void A_boundary_is_needed(string? boundary) =>
        Assert.Equal("DicomWeb.BadResponse", Assert.Throws<DicomWebException>(() => new MultipartReader(Stream.Null, boundary, s_server)).Id);

    [Theory]
    [InlineData("multipart/related; type=\"application/dicom\"; boundary=abc", "multipart/related", "application/dicom", "abc")]
    [InlineData("Multipart/Related;boundary=\"a;b\\\"c\" ; TYPE=application/dicom", "multipart/related", "application/dicom", "a;b\"c")]
    [InlineData("application/dicom", "application/dicom", null, null)]
    [InlineData("text/html; charset; boundary=x", "text/html", null, "x")]
    [InlineData(null, "", null, null)]
    public void Media_types_are_read_as_servers_write_them(string? text, string name, string? type, string? boundary)
    {
        var media = WebMediaType.Parse(text);
        Assert.Equal((name, type, boundary), (media.Name, media["type"], media["boundary"]));
    }

    private static async Task<List<byte[]>> ReadAsync(byte[] body, int piece)
    {
        using var reader = new MultipartReader(new Pieces(body, piece), "b1", s_server);
        var parts = new List<byte[]>();
        while (await reader.NextAsync() is not null)
        {
            var part = new MemoryStream();
            while (await reader.ReadAsync() is { IsEmpty: false } bytes)
                part.Write(bytes.Span);
            parts.Add(part.ToArray());
        }

        return parts;
    }

    /// <summary>Gives so many bytes at a time.</summary>
    private sealed class Pieces(byte[] body, int piece) : MemoryStream(body)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}
