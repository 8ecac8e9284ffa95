using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Json;
using PacsTools.Services.Simulation;
using PacsTools.Services.Simulation.TestData;
using PacsTools.Services.Web;
using PacsTools.TestKit.Processes;

namespace PacsTools.Services.Tests.Simulation.Web;

/// <summary>A simulator with DICOMweb over two small studies, and clients for it: one that speaks HTTP, one that speaks anything.</summary>
internal sealed class WebFixture : IDisposable
{
    public const string StudyUid = "1.2.826.0.1.3680043.9.7307.2.1";
    private readonly TemporaryFolder _folder = new("dicomweb");

    public WebFixture(PacsSimulatorOptions? options = null)
    {
        Files =
        [
            .. SyntheticStudy.Save(Study(1) with { Series = 2, Instances = 3 }, _folder.Create("one")),
            .. SyntheticStudy.Save(Study(2) with { PatientName = "MÜLLER^JÜRGEN", CharacterSet = SyntheticCharacterSet.Latin1 }, _folder.Create("two")),
        ];
        Simulator = PacsSimulator.Start((options ?? new PacsSimulatorOptions()) with { Path = _folder.Path, DicomWeb = true });
        Http = new HttpClient { BaseAddress = new Uri(Simulator.DicomWebUri + "/") };
    }

    public PacsSimulator Simulator { get; }

    public IReadOnlyList<string> Files { get; }

    public HttpClient Http { get; }

    /// <summary>A study that is not in the archive.</summary>
    public static byte[][] Others(int instances = 1)
    {
        using var folder = new TemporaryFolder();
        return [.. SyntheticStudy.Save(Study(9) with { Instances = instances }, folder.Path).Select(File.ReadAllBytes)];
    }

    public static SyntheticStudyOptions Study(int seed) => new()
    {
        Seed = seed,
        Rows = 4,
        Columns = 4,
        StudyInstanceUID = $"1.2.826.0.1.3680043.9.7307.2.{seed}",
        PatientID = $"P{seed}",
        PatientName = $"DOE^NUMBER{seed}",
    };

    public async Task<HttpResponseMessage> GetAsync(string path, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public async Task<List<DicomDataset>> FindAsync(string path)
    {
        using HttpResponseMessage response = await GetAsync(path);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return await ReadAsync(response);
    }

    public static async Task<List<DicomDataset>> ReadAsync(HttpResponseMessage response)
    {
        var found = new List<DicomDataset>();
        await foreach (DicomDataset dataset in DicomJsonReader.ReadAllAsync(await response.Content.ReadAsStreamAsync())) found.Add(dataset);
        return found;
    }

    /// <summary>The parts of a multipart answer.</summary>
    public static async Task<List<(WebMediaType Type, byte[] Content)>> PartsAsync(HttpResponseMessage response)
    {
        var parts = new List<(WebMediaType, byte[])>();
        string boundary = response.Content.Headers.ContentType!.Parameters.Single(p => p.Name == "boundary").Value!;
        using var reader = new MultipartReader(await response.Content.ReadAsStreamAsync(), boundary, new Uri("http://server"));
        while (await reader.NextAsync() is { } type)
        {
            using var content = new MemoryStream();
            while (await reader.ReadAsync() is { IsEmpty: false } piece) content.Write(piece.Span);
            parts.Add((type, content.ToArray()));
        }

        return parts;
    }

    public Task<HttpResponseMessage> StoreAsync(string path, params byte[][] files)
    {
        using var body = new MemoryStream();
        var writer = new MultipartWriter(body, "the-boundary");
        foreach (byte[] file in files)
        {
            writer.BeginPart("application/dicom");
            body.Write(file);
        }

        writer.End();
        return PostAsync(path, body.ToArray());
    }

    public async Task<HttpResponseMessage> PostAsync(string path, byte[] body, string type = "multipart/related; type=\"application/dicom\"; boundary=the-boundary")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return await Http.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    /// <summary>Sends bytes as they are and returns all that comes until the server closes.</summary>
    public async Task<string> RawAsync(string bytes)
    {
        // Connected before anybody turns the clock.
        using var client = new TcpClient("127.0.0.1", Simulator.DicomWebUri!.Port);
        NetworkStream stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(bytes));
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // It has heard enough; what it said is still to be read.
        }

        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // Closed on bytes it did not want.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }

    public void Dispose()
    {
        Http.Dispose();
        Simulator.Dispose();
        _folder.Dispose();
    }
}
