using System.Management.Automation;

namespace PacsTools.Pipeline;

/// <summary>
/// Files as Get-Item emits them. On Unix their view takes mode, owner and size from a member that only the provider of the file system adds (UnixStat), and the
/// provider's paths are what -LiteralPath binds to down the pipeline.
/// </summary>
internal static class FileItem
{
    /// <summary>To be called on the pipeline thread.</summary>
    /// <returns>The item of the provider; the file as it is if the provider finds none, since somebody may have moved it already.</returns>
    public static object Of(FileInfo file, ProviderIntrinsics providers)
    {
        try
        {
            var items = providers.Item.Get(["Microsoft.PowerShell.Core\\FileSystem::" + file.FullName], force: true, literalPath: true);
            return items.Count == 1 ? items[0] : file;
        }
        catch (Exception e) when (e is SessionStateException or ProviderInvocationException)
        {
            return file;
        }
    }
}
