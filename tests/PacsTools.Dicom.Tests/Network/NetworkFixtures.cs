using PacsTools.Dicom.Data;
using PacsTools.Dicom.Network;

namespace PacsTools.Dicom.Tests.Network;

internal static class NetworkFixtures
{
    public static AssociationOptions Options(int port, TimeProvider? time = null, params ProposedContext[] contexts) => new()
    {
        HostName = "127.0.0.1",
        Port = port,
        CalledAETitle = "PEER",
        CallingAETitle = "US",
        Contexts = contexts.Length > 0 ? contexts : [new ProposedContext(DicomUids.Verification, [DicomUids.ImplicitVRLittleEndian])],
        TimeProvider = time ?? TimeProvider.System,
    };

    /// <summary>Runs blocking work beside the test, bounded.</summary>
    public static Task<T> Run<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(TimeSpan.FromSeconds(30));

    public static Task Run(Action work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>A listener that accepts everything, every proposed syntax's first choice, and serves with the given loop.</summary>
    public static DicomListener Listen(Action<Association> serve, Func<ListenerOptions, ListenerOptions>? change = null, List<Exception>? failures = null)
    {
        var options = new ListenerOptions
        {
            BindAddress = System.Net.IPAddress.Loopback,
            OnRequest = request => AcceptDecision.Accept(request, static (_, syntaxes) => syntaxes[0]),
            OnAssociation = serve,
            OnFailure = (_, e) =>
            {
                if (failures is not null)
                {
                    lock (failures)
                    {
                        failures.Add(e);
                    }
                }
            },
        };
        return DicomListener.Start(change?.Invoke(options) ?? options);
    }
}
