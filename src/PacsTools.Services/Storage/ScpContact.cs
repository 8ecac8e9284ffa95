using System.Net;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Services.Storage;

/// <summary>Somebody came to a Storage SCP.</summary>
/// <param name="Peer">From where.</param>
/// <param name="CallingAETitle">As whom; null if no association was asked for.</param>
/// <param name="CalledAETitle">The AE title called.</param>
/// <param name="Rejection">How it was turned away; null if it was accepted.</param>
/// <param name="Error">What went wrong with it; null if nothing did so far.</param>
internal sealed record ScpContact(EndPoint? Peer, string? CallingAETitle, string? CalledAETitle, AAssociateRj? Rejection, Exception? Error);
