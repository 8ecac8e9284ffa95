using PacsTools.Services.Nodes;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Web;

/// <summary>A DICOMweb server as a source of instances. No association is concerned: who waits for what it sends ends with the request.</summary>
internal sealed class WebSource(PacsNode node) : IInstanceSource
{
    event Action<IInstanceSource>? IInstanceSource.Closed
    {
        add { }
        remove { }
    }

    public string SendingAETitle => node.CalledAETitle;

    public string ReceivingAETitle => node.CallingAETitle;

    public string? SendingAddress => null;

    public string Peer => node.DicomWebUri!.ToString();

    public bool NoteServed(IReceiveSubscription subscription) => false;

    public void AbortIfOnlyFor(IReceiveSubscription subscription)
    {
    }
}
