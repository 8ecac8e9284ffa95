using PacsTools.Services.Storage;

namespace PacsTools.Services.Retrieve;

/// <summary>Where the files of a retrieve go, made sure of before anything is asked of the archive.</summary>
internal sealed class RetrieveDestination
{
    private readonly bool _isTemporary;

    private RetrieveDestination(ReceiveTarget target, bool isTemporary)
    {
        Target = target;
        _isTemporary = isTemporary;
    }

    public ReceiveTarget Target { get; }

    public string Folder => Target.Folder.FullPath;

    /// <exception cref="RetrieveException">The folder cannot be made or written.</exception>
    public static RetrieveDestination Prepare(RetrieveRequest request)
    {
        var isTemporary = string.IsNullOrEmpty(request.Destination);
        try
        {
            var path = isTemporary ? TemporaryStorage.Create() : request.Destination!;
            var folder = new DestinationFolder(path);
            folder.Prepare();
            var layout = request.Layout ?? (isTemporary ? PathLayout.Flat : PathLayout.Default);
            return new RetrieveDestination(new ReceiveTarget(folder, layout, request.IfExists, request.FlushToDisk), isTemporary);
        }
        catch (Exception e) when (StorageFault.IsFileSystem(e))
        {
            var full = StorageFault.IsFull(e);
            throw new RetrieveException(
                full ? "Storage.DiskFull" : "Storage.CannotWrite",
                $"Nothing was asked of {request.Node}: the destination '{request.Destination ?? "temporary storage"}' cannot be written. {e.Message}",
                e)
            {
                Node = request.Node,
                StudyInstanceUID = request.StudyInstanceUID,
                Advice = full ? "Free some space or choose another destination." : "Choose a destination you may write to.",
            };
        }
    }

    /// <summary>The retrieve is over: temporary storage lives an hour from now.</summary>
    public void Expire(TimeProvider time)
    {
        if (_isTemporary)
            TemporaryStorage.Expire(Folder, time);
    }
}
