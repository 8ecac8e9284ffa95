using System.Collections.Concurrent;
using System.Threading.Channels;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Sending;
using PacsTools.Services.Tests.Resilience;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Processes;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Sending;

/// <summary>Files, a scripted archive, and a clock on which the waiting between tries takes no time but is noted.</summary>
public abstract class SendTestBase : IDisposable
{
    private protected TemporaryFolder Folder { get; } = new("send");

    private protected RecordingLog Log { get; } = new();

    private protected ConcurrentQueue<TimeSpan> Delays { get; } = [];

    /// <summary>What the archive got, in order.</summary>
    private protected ConcurrentQueue<RawMessage> Got { get; } = [];

    private protected ConcurrentQueue<RawAssociate> Requests { get; } = [];

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected string[] Files(int count, int seed = 1) => [.. TestStudy.Save(TestStudy.Tiny(count, seed), Folder["files"])];

    private protected SendRequest To(ScriptedPeer peer, int? retries = null, int associations = 1) => To(peer.Port, retries, associations);

    private protected SendRequest To(int port, int? retries = null, int associations = 1) => new()
    {
        Node = new PacsNode { HostName = "127.0.0.1", Port = port, CalledAETitle = "ARCHIVE" },
        Retry = new RetryPolicy(retries, new NoWaiting(Delays), () => 0.5),
        Associations = associations,
    };

    private protected async Task<List<SendReport>> SendAsync(SendRequest request, params IEnumerable<string> files)
    {
        var paths = Channel.CreateUnbounded<string>();
        foreach (var file in files)
        {
            paths.Writer.TryWrite(file);
        }

        paths.Writer.Complete();
        List<SendReport> reports = [];
        await foreach (var report in new FileSender().SendAsync(request, paths.Reader, Log, TestContext.Current.CancellationToken))
        {
            reports.Add(report);
        }

        return reports;
    }

    /// <summary>An archive that answers every C-STORE of a connection with what the function says; null cuts the connection instead.</summary>
    private protected Func<ScriptedConnection, Task> Archive(Func<RawMessage, ushort?>? status = null, Func<RawContext, RawContextAnswer>? answer = null) => async connection =>
    {
        Requests.Enqueue(await connection.AcceptAssociationAsync(answer));
        while (true)
        {
            RawMessage message;
            try
            {
                message = await connection.ReadMessageAsync();
            }
            catch (InvalidDataException)
            {
                await connection.SendAsync(RawPdu.ReleaseReply);
                return;
            }

            Got.Enqueue(message);
            var code = status is null ? (ushort)0 : status(message);
            if (code is null)
            {
                connection.Reset();
                return;
            }

            await connection.SendMessageAsync(message.ContextId, message.Command.Response(code.Value));
        }
    };

    private protected static RawContextAnswer Only(RawContext context, string syntax) =>
        context.TransferSyntaxes.Contains(syntax) ? new(context.Id, 0, syntax) : new(context.Id, 4, RawAssociate.ImplicitLittleEndian);
}
