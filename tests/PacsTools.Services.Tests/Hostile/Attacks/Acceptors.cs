using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Hostile;

/// <summary>Scripts of acceptors.</summary>
internal static class Acceptors
{
    /// <summary>Takes the request for an association and answers it with these bytes; then waits for our end.</summary>
    public static Func<ScriptedConnection, Task> Answer(Func<RawAssociate, byte[]> answer) => async c =>
    {
        var request = RawAssociate.Parse(await c.ExpectAsync(RawPdu.AssociateRq));
        c.Reached.TrySetResult();
        await c.SendAsync(answer(request));
        await c.ReadToEndAsync();
    };

    /// <summary>Accepts the association, takes the request and answers it with these bytes; then waits for our end.</summary>
    public static Func<ScriptedConnection, Task> Respond(params Func<RawMessage, byte[]>[] answers) => AcceptThen(async (c, request) =>
    {
        foreach (var answer in answers)
            await c.SendAsync(answer(request));
        await c.ReadToEndAsync();
    });

    /// <summary>Accepts the association, takes the request and goes on with it.</summary>
    public static Func<ScriptedConnection, Task> AcceptThen(Func<ScriptedConnection, RawMessage, Task> then) => async c =>
    {
        await c.AcceptAssociationAsync();
        var request = await c.ReadMessageAsync();
        c.Reached.TrySetResult();
        await then(c, request);
    };

    /// <summary>Sends one thing again and again until we end it.</summary>
    /// <returns>What we ended it with.</returns>
    public static async Task<string> ForEverAsync(ScriptedConnection connection, byte[] again, Action? sent = null)
    {
        var hearing = connection.HearAllAsync();
        try
        {
            while (!hearing.IsCompleted)
            {
                await connection.SendAsync(again);
                sent?.Invoke();
            }
        }
        catch (System.Net.Sockets.SocketException)
        {
            // We do not listen any more.
        }

        return await hearing;
    }

    /// <summary>A whole response to a request.</summary>
    public static byte[] Response(RawMessage request, ushort status = 0, Func<RawCommand, RawCommand>? change = null, byte[]? dataSet = null)
    {
        var response = request.Command.Response(status, hasDataSet: dataSet is not null);
        var command = Bytes.Command((change?.Invoke(response) ?? response).ToBytes(), request.ContextId);
        return dataSet is null ? command : [.. command, .. Bytes.Data(request.ContextId, isLast: true, dataSet)];
    }
}
