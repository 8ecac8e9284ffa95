using PacsTools.Dicom.Data;

namespace PacsTools.Services.Storage;

/// <summary>Takes what nobody is retrieving, for a Storage SCP that accepts any instance.</summary>
internal sealed class OpenReception(ReceiveTarget target, Action<string, string> warn) : IReceiveSubscription
{
    public IReadOnlyList<DicomTag> WantedTags => target.Layout.WantedTags;

    public bool IsOver => false;

    public ReceiveTarget? Begin(IncomingInstance instance, IInstanceSource association) => target;

    public void NoteActivity()
    {
    }

    public void End(IncomingInstance instance, IInstanceSource association, DicomInstanceFile? file)
    {
    }

    public void Warn(string id, string text) => warn(id, text);
}
