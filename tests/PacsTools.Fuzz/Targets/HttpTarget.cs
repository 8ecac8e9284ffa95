using System.Net;
using System.Net.Sockets;
using System.Text;
using PacsTools.Dicom.Errors;
using PacsTools.Fuzz.Grammars;
using PacsTools.Fuzz.Mutation;
using PacsTools.Services.Simulation.Web;
using PacsTools.Services.Web;

namespace PacsTools.Fuzz.Targets;

/// <summary>
/// What a client sends to the simulator's DICOMweb: heads, bodies, chunks, several requests on a connection, and what they ask for. The first byte
/// chooses the size of the read buffer.
/// </summary>
internal sealed class HttpTarget : FuzzTarget
{
    private const int MaxRequests = 10;

    private static readonly Uri s_server = new("http://localhost/");
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    internal HttpTarget()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
    }

    internal override string Name => "http";

    internal override IReadOnlyList<string> Rooms =>
    [
        "PacsTools.Services.Simulation.Web.HttpHead", "PacsTools.Services.Simulation.Web.HttpBody", "PacsTools.Services.Simulation.Web.WebTarget", "PacsTools.Services.Simulation.Web.QidoQuery", "PacsTools.Services.Simulation.Web.AcceptedTypes",
        "PacsTools.Services.Web.MultipartReader", "PacsTools.Services.Web.WebMediaType", "PacsTools.Services.Query.AttributePath", "PacsTools.Services.Simulation.FindQuery",
    ];

    internal override IReadOnlyList<byte[]> Tokens { get; } = [.. HttpGrammar.Lines.Select(line => Encoding.Latin1.GetBytes(line + "\r\n")), "\r\n\r\n"u8.ToArray(), "\n\n"u8.ToArray(), "0\r\n\r\n"u8.ToArray()];

    // What fits the buffers of a socket, so that sending never waits for reading.
    internal override int MaxInput => 32 << 10;

    internal override long AllocationAtRest => 2 << 20;

    internal override long AllocationPerByte => 3000;

    internal override byte[] Generate(FuzzRandom random) => [random.Byte(), .. HttpGrammar.Generate(random)];

    internal override byte[]? MutateStructure(byte[] input, FuzzRandom random) => input.Length < 2 ? null : [input[0], .. MultipartGrammar.MutateLines(input.AsSpan(1), random, HttpGrammar.Lines)];

    internal override bool IsDocumented(Exception error) => error is HttpError or IOException;

    public override void Dispose() => _listener.Dispose();

    internal override void Try(byte[] input)
    {
        if (input.Length == 0) return;
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0) };
        client.Connect(_listener.LocalEndPoint!);
        using var wire = new HttpWire(_listener.Accept(), new HttpLimits { MaxHead = (input[0] & 3) switch { 0 => 300, 1 => 2048, _ => 32 << 10 }, MaxHeaders = 20, MaxDrained = 4096 }, TimeProvider.System);
        client.Send(input.AsSpan(1));
        client.Shutdown(SocketShutdown.Send);
        for (int requests = 0; requests < MaxRequests && Serve(wire); requests++)
        {
        }

        // A reset leaves no connection behind that waits for its time to pass.
        client.Close();
    }

    private static bool Serve(HttpWire wire)
    {
        ReadOnlySpan<byte> bytes = wire.ReadHead();
        if (bytes.IsEmpty) return false;
        HttpHead head = HttpHeadParser.Parse(bytes, wire.Limits.MaxHeaders);
        var reply = new HttpReply(wire, head);
        var body = new HttpBody(wire, head.ContentLength, head.ExpectsContinue ? reply.Continue : null);
        try
        {
            Understand(head, body);
        }
        catch (HttpError e) when (!e.EndsConnection)
        {
            // That is answered, and the connection stays.
        }

        return head.KeepsAlive && body.Drain();
    }

    private static void Understand(HttpHead head, HttpBody body)
    {
        var accepted = new AcceptedTypes(head["Accept"]);
        _ = $"{accepted.TakesJson} {accepted.JsonType} {accepted.TakesParts} {accepted.TakesFile} {accepted.Takes("1.2")}";
        WebMediaType type = WebMediaType.Parse(head["Content-Type"]);
        if (type["boundary"] is { } boundary) ReadParts(body, boundary);
        WebTarget target = WebTarget.Parse(head.Target);
        if (target.Resource == WebResource.Search) _ = QidoQuery.Read(target).Query.Warnings.Count;
    }

    private static void ReadParts(HttpBody body, string boundary)
    {
        try
        {
            using var reader = new MultipartReader(body, boundary, s_server);
            while (reader.NextAsync().AsTask().GetAwaiter().GetResult() is not null)
            {
                while (!reader.ReadAsync().AsTask().GetAwaiter().GetResult().IsEmpty)
                {
                }
            }
        }
        catch (DicomException)
        {
            throw new HttpError(400, "the multipart body is malformed");
        }
    }
}
