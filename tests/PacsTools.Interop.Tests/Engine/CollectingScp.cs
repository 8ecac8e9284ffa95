using System.Collections.Concurrent;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Network;

namespace PacsTools.Interop.Tests.Engine;

/// <summary>The smallest storage SCP the engine alone makes: it keeps what it gets in memory.</summary>
internal sealed class CollectingScp : IDisposable
{
    private readonly DicomListener _listener;

    public CollectingScp() => _listener = DicomListener.Start(new ListenerOptions
    {
        BindAddress = System.Net.IPAddress.Loopback,
        OnRequest = request => AcceptDecision.Accept(request, (_, syntaxes) => syntaxes[0]),
        OnAssociation = Serve,
        OnFailure = (_, error) => Failures.Enqueue(error),
    });

    public int Port => _listener.Port;

    public ConcurrentQueue<(string SOPInstanceUID, string TransferSyntaxUID, byte[] DataSet)> Received { get; } = new();

    public ConcurrentQueue<Exception> Failures { get; } = new();

    public void Dispose() => _listener.Dispose();

    private void Serve(Association association)
    {
        while (association.Receive() is { } message)
        {
            if (message.Command.CommandField == CommandField.CEchoRequest)
            {
                association.Send(message.Context, CEchoResponse.To(CEchoRequest.From(message.Command), 0).ToCommandSet());
                continue;
            }
            CStoreRequest request = CStoreRequest.From(message.Command);
            Received.Enqueue((request.AffectedSOPInstanceUID, message.Context.TransferSyntax, message.ReadDataset()));
            association.Send(message.Context, CStoreResponse.To(request, 0).ToCommandSet());
        }
    }
}
