using System.Net;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Dicom.Network;

/// <summary>An A-ASSOCIATE-RQ together with who sent it, for the acceptor's decision.</summary>
/// <param name="Pdu">The request as received.</param>
/// <param name="RemoteEndPoint">Address and port of the requestor.</param>
/// <param name="ActiveAssociations">Associations now open on the listener, this one included.</param>
public sealed record AssociationRequest(AAssociateRq Pdu, EndPoint? RemoteEndPoint, int ActiveAssociations);
