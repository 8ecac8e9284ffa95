using System.Net.Sockets;
using PacsTools.TestKit;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Hostile;

/// <summary>Very many connections, and one conversation broken off at every byte.</summary>
internal static class Crowd
{
    public const int Size = 300;

    /// <summary>Asks for associations and keeps those that are accepted, until there are no more; then lets go of all.</summary>
    public static async Task<string> AssociationsAsync(DicomTarget target)
    {
        List<ScriptedConnection> kept = [];
        Dictionary<string, int> heard = [];
        for (var i = 0; i < Size; i++)
        {
            var connection = await target.ConnectAsync();
            var answer = await connection.HearAfterAsync(target.Request().ToRequest());
            heard[answer] = heard.GetValueOrDefault(answer) + 1;
            if (answer == "A-ASSOCIATE-AC")
                kept.Add(connection);
            else
                await connection.DisposeAsync();
        }

        foreach (var connection in kept)
            await connection.DisposeAsync();
        await Eventually.TrueAsync(async () => await target.AnswerToAsync(target.Request().ToRequest().ToBytes()) == "A-ASSOCIATE-AC", "there is a place again");
        return string.Join(", ", heard.Select(h => $"{h.Value} × {h.Key}"));
    }

    /// <summary>Connects, says nothing and stays. Honest peers come all the same.</summary>
    public static async Task<string> SilenceAsync(DicomTarget target)
    {
        List<ScriptedConnection> all = [];
        for (var i = 0; i < Size; i++)
            all.Add(await target.ConnectAsync());
        await target.ServeHonestAsync();
        Assert.Equal(Heard.Closed, await all[0].HearAsync());
        foreach (var connection in all)
            await connection.DisposeAsync();
        return "the longest silent are closed; an honest peer is served meanwhile";
    }

    /// <summary>Asks so much and reads so little that we cannot go on.</summary>
    public static async Task<string> DeafAsync(DicomTarget target)
    {
        await using var connection = await target.OpenAsync();
        var many = Enumerable.Repeat(Bytes.Command(Bytes.Echo()), 1000).SelectMany(b => b).ToArray();
        var sending = Task.Run(async () =>
        {
            try
            {
                while (true)
                    await connection.SendAsync(many);
            }
            catch (SocketException)
            {
                return Heard.Closed;
            }
        });
        return await target.PassAsync(sending, 30);
    }

    /// <summary>A whole conversation, sent up to every one of its bytes and broken off there.</summary>
    public static async Task<string> BreakOffAsync(DicomTarget target, bool reset)
    {
        var instance = Instances.Of(reset ? "1.2.3.4.98" : "1.2.3.4.99");
        byte[] conversation =
        [
            .. target.Request().ToRequest().ToBytes(), .. Bytes.Command(Bytes.Echo()), .. Bytes.Command(Bytes.Store(instance.SOPInstanceUID), 3), .. Bytes.Data(3, isLast: true, instance.DataSet), .. RawPdu.Release.ToBytes(),
        ];
        var whole = conversation.Length - RawPdu.Release.ToBytes().Length;
        var before = target.Files();
        for (var length = 0; length < whole; length++)
        {
            var connection = await target.ConnectAsync();
            await connection.SendAsync(conversation.AsMemory(0, length));
            if (reset)
            {
                connection.Reset();
                continue;
            }

            connection.ShutdownSend();
            await connection.ReadToEndAsync();
            await connection.DisposeAsync();
        }

        await Eventually.TrueAsync(() => target.Files().Count == before.Count, "nothing stays of what was not whole");
        await using var last = await target.ConnectAsync();
        await last.SendAsync(conversation);
        last.ShutdownSend();
        await last.ReadToEndAsync();
        return $"{target.Files().Count - before.Count} instance kept, the one that came whole";
    }
}
