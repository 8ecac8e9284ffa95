using PacsTools.Pipeline;
using PacsTools.Services.Storage;

namespace PacsTools.Binding;

/// <summary>What the command line says of the Storage SCP an archive is to call.</summary>
internal static class StorageScpArguments
{
    /// <param name="scp">What -StorageScp holds.</param>
    /// <param name="aeTitle">What -ScpAETitle holds; null if it was not given.</param>
    /// <param name="port">What -ScpPort holds; null if it was not given.</param>
    /// <exception cref="TerminatingErrorException">Two of them choose, and need not choose the same.</exception>
    public static StorageScpChoice Read(StorageScp? scp, string? aeTitle, int? port) => scp is null || (aeTitle is null && port is null)
        ? new StorageScpChoice(scp, aeTitle, port)
        : throw Arguments.Invalid("-StorageScp names the Storage SCP already: leave out -ScpAETitle and -ScpPort.", scp);
}
