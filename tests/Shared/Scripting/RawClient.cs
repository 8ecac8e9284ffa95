using PacsTools.TestKit.Data;

namespace PacsTools.TestKit.Scripting;

/// <summary>A requestor that sees every PDU as it is.</summary>
public sealed class RawClient : IAsyncDisposable
{
    private readonly Dictionary<string, byte> _contexts = new(StringComparer.Ordinal);
    private ushort _messageId;

    private RawClient(ScriptedConnection connection) => Connection = connection;

    public ScriptedConnection Connection { get; }

    /// <summary>The answer to the request.</summary>
    public RawPdu Answer { get; private set; } = null!;

    /// <summary>Connects and asks for one context a SOP class, in implicit VR little endian.</summary>
    public static Task<RawClient> OpenAsync(int port, params string[] sopClasses) => OpenAsync(port, [], sopClasses);

    /// <inheritdoc cref="OpenAsync(int, string[])"/>
    public static async Task<RawClient> OpenAsync(int port, IReadOnlyList<(byte Type, byte[] Value)> userItems, params string[] sopClasses)
    {
        var client = new RawClient(await ScriptedConnection.ConnectAsync(port).ConfigureAwait(false));
        byte id = 1;
        List<RawContext> contexts = [];
        foreach (string sopClass in sopClasses)
        {
            contexts.Add(new RawContext(id, sopClass, [RawAssociate.ImplicitLittleEndian]));
            client._contexts[sopClass] = id;
            id += 2;
        }
        client.Answer = await client.Connection.RequestAssociationAsync(new RawAssociate { Contexts = contexts, UserItems = [.. new RawAssociate().UserItems, .. userItems] }).ConfigureAwait(false);
        return client;
    }

    /// <summary>Sends a request, with an identifier if there is one.</summary>
    public async Task<RawCommand> SendAsync(ushort commandField, string sopClass, RawDataSet? dataSet = null, Action<RawCommand>? change = null)
    {
        RawCommand command = RawCommand.Request(commandField, ++_messageId, sopClass, dataSet is not null);
        change?.Invoke(command);
        await Connection.SendMessageAsync(_contexts[sopClass], command, dataSet?.ToBytes(explicitVR: false)).ConfigureAwait(false);
        return command;
    }

    /// <summary>Reads responses up to and including the final one.</summary>
    public async Task<List<RawMessage>> ReadAllAsync()
    {
        List<RawMessage> all = [];
        do
            all.Add(await Connection.ReadMessageAsync().ConfigureAwait(false));
        while (all[^1].Command.Status is 0xFF00 or 0xFF01);
        return all;
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    /// <summary>A query for studies, returning names, dates and UIDs.</summary>
    public static RawDataSet StudyQuery() => new RawDataSet()
        .Text(0x00080020, "DA", "")
        .Text(0x00080052, "CS", "STUDY")
        .Text(0x00100010, "PN", "")
        .Text(0x0020000D, "UI", "");

    /// <summary>A retrieve of one study.</summary>
    public static RawDataSet StudyRetrieve(string studyUid) => new RawDataSet().Text(0x00080052, "CS", "STUDY").Text(0x0020000D, "UI", studyUid);
}
