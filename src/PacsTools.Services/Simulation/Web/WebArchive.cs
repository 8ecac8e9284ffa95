namespace PacsTools.Services.Simulation.Web;

/// <summary>The simulator's DICOMweb: hands each request to the service that knows it, past faults and authentication.</summary>
internal sealed class WebArchive(SimulatorState state, WebAuthentication authentication, string scheme)
{
    private readonly QidoService _qido = new(state);
    private readonly WadoService _wado = new(state);
    private readonly MetadataService _metadata = new(state);
    private readonly StowService _stow = new(state);

    /// <summary>Answers one request.</summary>
    /// <exception cref="HttpError">It cannot be answered otherwise.</exception>
    /// <exception cref="IOException">The client has gone, or a fault ends the connection.</exception>
    public void Serve(HttpWire wire, HttpHead head, HttpBody body, HttpReply reply)
    {
        state.Journal?.NoteBusy(1);
        try
        {
            Answer(wire, head, body, reply);
        }
        finally
        {
            state.Journal?.NoteBusy(-1);
        }
    }

    private void Answer(HttpWire wire, HttpHead head, HttpBody body, HttpReply reply)
    {
        var target = WebTarget.Parse(head.Target);
        var stores = head.Method == "POST";
        var gate = new WebGate(state, stores ? FaultyOperation.Stow : target.Resource == WebResource.Search ? FaultyOperation.Qido : FaultyOperation.Wado, wire);
        if (state.Faults.AbortAssociation && gate.IsHit())
            throw new IOException("broken off, as the fault has it");
        if (state.Faults.RejectAssociation is { } rejection && gate.IsHit())
            throw WebStatus.Of(rejection);
        authentication.Check(head);
        if (!(stores && target.TakesInstances) && head.Method != "GET")
            throw new HttpError(405, $"{head.Method} is nothing that can be done here", ("Allow", target.TakesInstances ? "GET, POST" : "GET"));
        if (state.Faults is { AnswersOnlyStatus: true, Status: { } status } && gate.IsHit())
        {
            gate.Pass();
            throw WebStatus.Of(status, stores);
        }

        var exchange = new WebExchange(head, target, body, reply, gate, RootFor(head, wire));
        if (stores)
            _stow.Serve(exchange);
        else if (target.Resource == WebResource.Search)
            _qido.Serve(exchange);
        else if (target.Resource == WebResource.Metadata)
            _metadata.Serve(exchange);
        else
            _wado.Serve(exchange);
    }

    // The way the client came is the way it can come again; what it calls us is taken only if it is a host.
    private string RootFor(HttpHead head, HttpWire wire) =>
        Uri.TryCreate($"{scheme}://{head["Host"]}", UriKind.Absolute, out var host) && host is { UserInfo: "", PathAndQuery: "/", Fragment: "" }
            ? host.GetLeftPart(UriPartial.Authority) + WebTarget.Root
            : $"{scheme}://{wire.LocalEndPoint}{WebTarget.Root}";
}
