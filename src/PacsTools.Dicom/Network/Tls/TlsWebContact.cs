namespace PacsTools.Dicom.Network;

/// <summary>How far a client and an https server had come when a request failed.</summary>
/// <param name="IsConnected">True if the handshake was over, as far as the client could tell.</param>
/// <param name="WasClosed">True if the connection ended before an answer began.</param>
/// <param name="WasAnswered">True if the server has ever answered anything to this client.</param>
/// <param name="Asked">True if the server asked for the client's certificate.</param>
/// <param name="Shown">True if the client has one to show.</param>
public readonly record struct TlsWebContact(bool IsConnected, bool WasClosed, bool WasAnswered, bool Asked, bool Shown);
