namespace PacsTools.Services.Diagnosis;

/// <summary>The rungs of a diagnosis, from the name of a host to an instance that arrives.</summary>
public enum DiagnosisStage
{
    /// <summary>The host name has an address.</summary>
    Resolve,

    /// <summary>TCP connects.</summary>
    Connect,

    /// <summary>The TLS handshake succeeds.</summary>
    Tls,

    /// <summary>The association is accepted (PS3.8 7.1).</summary>
    Associate,

    /// <summary>C-ECHO is answered (PS3.4 A).</summary>
    Echo,

    /// <summary>C-FIND is answered (PS3.4 C.4.1).</summary>
    Find,

    /// <summary>C-MOVE brings an instance here (PS3.4 C.4.2).</summary>
    Move,

    /// <summary>Our Storage SCP listens.</summary>
    Listen,

    /// <summary>The archive accepts the C-MOVE and knows its destination.</summary>
    Accepted,

    /// <summary>The archive connects to our Storage SCP.</summary>
    Connected,

    /// <summary>The instance arrives and is stored.</summary>
    Stored,
}
