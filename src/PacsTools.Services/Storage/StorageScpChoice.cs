namespace PacsTools.Services.Storage;

/// <summary>Which Storage SCP a retrieve is to use.</summary>
/// <param name="Scp">This one, running.</param>
/// <param name="AETitle">The one of this title, else one started under it.</param>
/// <param name="Port">The one on this port, else one started there.</param>
internal sealed record StorageScpChoice(StorageScp? Scp = null, string? AETitle = null, int? Port = null)
{
    /// <summary>The only one running, else one started on the default title and port; several are an error.</summary>
    public static readonly StorageScpChoice Default = new();
}
