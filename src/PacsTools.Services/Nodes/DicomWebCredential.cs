namespace PacsTools.Services.Nodes;

/// <summary>Who we are to a DICOMweb server. The password travels in memory only.</summary>
/// <param name="UserName">The user's name; it has no colon (RFC 7617 2).</param>
/// <param name="Password">The password.</param>
public sealed record DicomWebCredential(string UserName, PacsSecret Password)
{
    /// <summary>The user's name.</summary>
    public string UserName { get; } = UserName is { Length: > 0 } && !UserName.Contains(':')
        ? UserName
        : throw new ArgumentException("A user name for DICOMweb is not empty and has no colon.", nameof(UserName));

    /// <summary>The user's name alone.</summary>
    public override string ToString() => UserName;
}
