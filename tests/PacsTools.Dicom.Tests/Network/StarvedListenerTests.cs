using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.TestKit;
using PacsTools.TestKit.Scripting;
using static PacsTools.Dicom.Tests.Network.NetworkFixtures;

namespace PacsTools.Dicom.Tests.Network;

/// <summary>A process that has nothing left to serve a peer with, and users of the listener that throw where nobody catches.</summary>
public class StarvedListenerTests
{
    private static readonly RawAssociate Request = new() { Contexts = [new RawContext(1, DicomUids.Verification, [RawAssociate.ImplicitLittleEndian])] };

    [Fact]
    public async Task Without_a_thread_the_connection_is_closed_told_of_once_and_the_next_is_served_when_there_are_threads_again()
    {
        var starved = true;
        var failures = new List<Exception>();
        using var listener = Listen(
            a => Assert.Null(a.Receive()),
            o => o with
            {
                MaxAssociations = 1,
                StartThread = thread =>
                {
                    if (Volatile.Read(ref starved))
                    {
                        throw new OutOfMemoryException("Insufficient memory to start a thread.");
                    }

                    thread.Start();
                },
            },
            failures);
        for (var i = 0; i < 5; i++)
        {
            await using var turnedAway = await ScriptedConnection.ConnectAsync(listener.Port);
            Assert.Empty(await turnedAway.ReadToEndAsync());
        }

        Assert.Contains("threads", Assert.IsType<DicomNetworkException>(Assert.Single(failures)).Message);
        Assert.Equal(0, listener.OpenConnections);
        Volatile.Write(ref starved, false);
        await using var honest = await ScriptedConnection.ConnectAsync(listener.Port);
        Assert.Equal(RawPdu.AssociateAc, (await honest.RequestAssociationAsync(Request)).Type);
        await honest.ReleaseAsync();
    }

    [Fact]
    public async Task More_failed_starts_than_there_are_places_take_none_of_them()
    {
        var left = 70;
        using var listener = Listen(
            a => Assert.Null(a.Receive()),
            o => o with
            {
                MaxAssociations = 1,
                StartThread = thread =>
                {
                    if (Interlocked.Decrement(ref left) >= 0)
                    {
                        throw new OutOfMemoryException("Insufficient memory to start a thread.");
                    }

                    thread.Start();
                },
            });
        for (var i = 0; i < 70; i++)
        {
            await using var turnedAway = await ScriptedConnection.ConnectAsync(listener.Port);
        }

        await using var honest = await ScriptedConnection.ConnectAsync(listener.Port);
        Assert.Equal(RawPdu.AssociateAc, (await honest.RequestAssociationAsync(Request)).Type);
    }

    // On the thread of an association there is nobody to catch: before, this ended the process.
    [Fact]
    public async Task A_callback_for_failures_that_throws_concerns_nobody()
    {
        var told = 0;
        using var listener = Listen(
            a => Assert.Null(a.Receive()),
            o => o with
            {
                OnFailure = (_, _) =>
                {
                    Interlocked.Increment(ref told);
                    throw new InvalidOperationException("callback");
                },
            });
        for (var i = 0; i < 2; i++)
        {
            await using var rubbish = await ScriptedConnection.ConnectAsync(listener.Port);
            await rubbish.SendAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
            await rubbish.ReadToEndAsync();
        }

        await Eventually.TrueAsync(() => Volatile.Read(ref told) == 2, "both failures are told");
        await Eventually.TrueAsync(() => listener.OpenConnections == 0, "nothing of them is left");
        await using var honest = await ScriptedConnection.ConnectAsync(listener.Port);
        Assert.Equal(RawPdu.AssociateAc, (await honest.RequestAssociationAsync(Request)).Type);
    }
}
