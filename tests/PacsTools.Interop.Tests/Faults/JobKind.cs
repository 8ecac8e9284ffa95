namespace PacsTools.Interop.Tests.Faults;

/// <summary>What is done while the network misbehaves.</summary>
internal enum JobKind
{
    /// <summary>C-ECHO.</summary>
    Echo,

    /// <summary>C-FIND, series by series.</summary>
    Find,

    /// <summary>C-MOVE; faults between us and the archive, and between the archive and our Storage SCP.</summary>
    Move,

    /// <summary>C-GET.</summary>
    Get,

    /// <summary>QIDO-RS and WADO-RS.</summary>
    Wado,

    /// <summary>C-STORE as SCU.</summary>
    Store,

    /// <summary>STOW-RS.</summary>
    Stow,

    /// <summary>C-STORE as SCP; the sender is none of ours.</summary>
    Receive,
}
