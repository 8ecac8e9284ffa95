using System.Globalization;
using PacsTools.Fuzz.Mutation;

namespace PacsTools.Fuzz.Grammars;

/// <summary>Makes HTTP requests (RFC 9112) of the kind DICOMweb knows.</summary>
internal static class HttpGrammar
{
    internal static readonly string[] Lines =
    [
        "GET /dicom-web/studies HTTP/1.1", "POST /dicom-web/studies HTTP/1.1", "GET / HTTP/1.0", "GET * HTTP/2.0", "Host: x", "Host:", "Content-Length: 5", "Content-Length: 5, 5", "Content-Length: -1", "Content-Length: 99999999999999999999",
        "Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked", "Expect: 100-continue", "Connection: close", "Connection: keep-alive, x", " folded: x", "Bad Header: x", "Content-Type: multipart/related; type=\"application/dicom\"; boundary=B",
        "Accept: application/dicom+json", "Accept: multipart/related; type=\"application/dicom\"; transfer-syntax=*;q=0, */*;q=x", "Authorization: Basic eDp5", "5;ext=1", "0", "FFFFFFFFFFFFFFF", "-1", "", "X: " + "y\u00ff",
    ];

    private static readonly string[] s_targets =
    [
        "/dicom-web/studies", "/dicom-web/studies?PatientName=A*&limit=5", "/dicom-web/studies?00100010=%41&includefield=all&offset=x", "/dicom-web/studies/1.2.3", "/dicom-web/studies/1.2.3/metadata", "/dicom-web/studies/1.2/series/3/instances/4",
        "/dicom-web/series?StudyDate=20240101-&fuzzymatching=true", "/dicom-web/instances?0040A730.0040A043.00080100=%00", "http://x/dicom-web/studies", "/dicom-web/%2e%2e/%zz", "/dicom-web//studies//", "*", "/dicom-web/studies?a=%D8%00&=&&b", "/dicom-web/studies?StudyDate=2024&ModalitiesInStudy=CT\\MR&accept=*/*",
        "/dicom-web/studies?StudyTime=1-2-3&PatientBirthDate=-&InstanceNumber=x&emptyvaluematching=maybe", "/dicom-web/studies?StudyInstanceUID=1,2,3&includefield=PatientName,00200010,x.y",
    ];

    internal static byte[] Generate(FuzzRandom random)
    {
        var bytes = new ByteWriter();
        for (int requests = 1 + random.Next(3); requests > 0; requests--) bytes.Add(Request(random));
        return bytes.ToArray();
    }

    private static byte[] Request(FuzzRandom random)
    {
        var bytes = new ByteWriter();
        byte[] body = random.OneIn(2) ? [] : random.OneIn(2) ? MultipartGrammar.Generate(random, "B") : random.Bytes(random.Length(2000));
        bool isChunked = random.OneIn(3);
        bytes.Text($"{(body.Length > 0 ? "POST" : "GET")} {random.Pick(s_targets)} HTTP/1.{(random.OneIn(6) ? 0 : 1)}\r\n");
        if (!random.OneIn(15)) bytes.Text("Host: localhost:8042\r\n");
        for (int headers = random.Next(4); headers > 0; headers--) bytes.Text(random.Pick(Lines) + (random.OneIn(15) ? "\n" : "\r\n"));
        if (isChunked) bytes.Text("Transfer-Encoding: chunked\r\n");
        else if (body.Length > 0) bytes.Text($"Content-Length: {(random.OneIn(15) ? random.Next(5000) : body.Length)}\r\n");
        if (body.Length > 0) bytes.Text("Content-Type: multipart/related; type=\"application/dicom\"; boundary=B\r\n");
        bytes.Text(random.OneIn(20) ? "\n\n" : "\r\n");
        return bytes.Add(isChunked ? Chunks(body, random) : body).ToArray();
    }

    private static byte[] Chunks(byte[] body, FuzzRandom random)
    {
        var bytes = new ByteWriter();
        for (int at = 0; at < body.Length;)
        {
            int count = Math.Min(body.Length - at, 1 + random.Length(1000));
            bytes.Text($"{(random.OneIn(30) ? random.Next(3000) : count).ToString("x", CultureInfo.InvariantCulture)}{(random.OneIn(6) ? ";a=b" : "")}\r\n").Add(body.AsSpan(at, count)).Text(random.OneIn(30) ? "" : "\r\n");
            at += count;
        }

        return bytes.Text(random.OneIn(10) ? "0\r\nTrailer: x\r\n\r\n" : "0\r\n\r\n").ToArray();
    }
}
