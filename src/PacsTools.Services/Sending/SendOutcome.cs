namespace PacsTools.Services.Sending;

/// <summary>What became of a file that was to be sent.</summary>
public enum SendOutcome
{
    /// <summary>The archive answered 0000: it has the instance.</summary>
    Stored,

    /// <summary>
    /// The archive has the instance and answered a warning (Bxxx, PS3.4 B.2.3): it changed or doubts something. By STOW-RS also where it answered success and did
    /// not name what it stored, as PS3.18 10.5.3 demands.
    /// </summary>
    StoredWithWarning,

    /// <summary>The archive refused the instance, or did not say that it has it.</summary>
    Failed,
}
