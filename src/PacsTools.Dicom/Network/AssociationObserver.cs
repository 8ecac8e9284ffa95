using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Dicom.Network;

/// <summary>
/// Watches one association for metrics and transcripts, without any influence on it. The calls come on whatever thread sends or
/// receives, mostly the one that pumps the association, and block it: they must be short and must not throw.
/// </summary>
public abstract class AssociationObserver
{
    /// <summary>A PDU other than P-DATA-TF passed (PS3.8 9.3).</summary>
    /// <param name="pdu">The PDU.</param>
    /// <param name="sent">True if this side sent it; it is told before it is written.</param>
    public virtual void OnPdu(Pdu pdu, bool sent)
    {
    }

    /// <summary>A command set passed (PS3.7 6.3).</summary>
    /// <param name="context">The presentation context it went by.</param>
    /// <param name="command">The command set.</param>
    /// <param name="sent">True if this side sent it; it is told before it and its data set are written.</param>
    public virtual void OnCommand(AcceptedContext context, CommandSet command, bool sent)
    {
    }

    /// <summary>A data set that is held in memory passed: an identifier or a report, never an instance on its way to or from a file.</summary>
    /// <param name="context">The presentation context it went by.</param>
    /// <param name="dataset">As encoded; valid only during the call.</param>
    /// <param name="sent">True if this side sent it.</param>
    public virtual void OnDataset(AcceptedContext context, ReadOnlyMemory<byte> dataset, bool sent)
    {
    }

    /// <summary>The association is over; told once, last.</summary>
    /// <param name="failure">The association's first reason for failing; null if it ended in order.</param>
    public virtual void OnEnded(Exception? failure)
    {
    }
}
