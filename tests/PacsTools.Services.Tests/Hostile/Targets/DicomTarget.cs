using System.Net.Sockets;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Hostile;

/// <summary>Something of ours that listens for associations.</summary>
public abstract class DicomTarget : HostileTarget
{
    /// <summary>The limit on associations of every listener here.</summary>
    internal const int MaxAssociations = 8;

    internal const string Verification = "1.2.840.10008.1.1";
    internal const string CT = TestKit.Data.TestStudy.CTImageStorage;

    internal abstract int Port { get; }

    internal abstract string AETitle { get; }

    internal RecordingLog Log { get; } = new();

    /// <summary>Whole files of instances that were taken.</summary>
    internal abstract IReadOnlyList<string> Files();

    /// <summary>Verification on 1 and CT Image Storage on 3, both in implicit VR little endian.</summary>
    internal RawAssociate Request() => new()
    {
        CalledAETitle = AETitle,
        Contexts = [new RawContext(1, Verification, [RawAssociate.ImplicitLittleEndian]), new RawContext(3, CT, [RawAssociate.ImplicitLittleEndian])],
    };

    internal async Task<ScriptedConnection> ConnectAsync() => Track(await ScriptedConnection.ConnectAsync(Port));

    /// <summary>An association that was accepted.</summary>
    internal async Task<ScriptedConnection> OpenAsync(RawAssociate? request = null)
    {
        var connection = await ConnectAsync();
        var answer = await connection.RequestAssociationAsync(request ?? Request());
        Assert.Equal("A-ASSOCIATE-AC", Heard.Describe(answer));
        return connection;
    }

    /// <summary>Sends bytes on a new connection and tells what they are answered with.</summary>
    internal async Task<string> AnswerToAsync(params IEnumerable<byte[]> all)
    {
        await using var connection = await ConnectAsync();
        return await connection.HearAfterAsync(all);
    }

    /// <summary>Sends bytes on a new association and tells what they are answered with.</summary>
    internal async Task<string> AnswerWithinToAsync(params IEnumerable<byte[]> all)
    {
        await using var connection = await OpenAsync();
        return await connection.HearAfterAsync(all);
    }

    /// <summary>Sends bytes on a new association and tells all they are answered with, up to the A-ABORT or the close.</summary>
    internal async Task<string> AnswersWithinToAsync(params IEnumerable<byte[]> all)
    {
        await using var connection = await OpenAsync();
        List<string> heard = [await connection.HearAfterAsync(all)];
        while (heard[^1] != Heard.Closed && !heard[^1].StartsWith("A-ABORT", StringComparison.Ordinal))
            heard.Add(await connection.HearAsync());
        return string.Join(", ", heard);
    }

    /// <summary>Sends byte by byte, time passing between any two and after the last, until an end is put to it.</summary>
    /// <returns>What that was.</returns>
    internal async Task<string> DripAsync(ScriptedConnection connection, byte[] bytes, double seconds)
    {
        var end = connection.HearAsync();
        foreach (var next in bytes)
        {
            if (end.IsCompleted)
                break;
            try
            {
                await connection.SendAsync(new[] { next });
            }
            catch (SocketException)
            {
                break;
            }

            Time.Advance(TimeSpan.FromSeconds(seconds));
        }

        return await PassAsync(end, seconds);
    }
}
