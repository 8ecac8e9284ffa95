using PacsTools.Dicom.Network;

namespace PacsTools.Services.Simulation;

/// <summary>Associations kept open on purpose, until the simulator stops.</summary>
internal sealed class OpenAssociations : IDisposable
{
    private readonly List<Association> _open = [];
    private bool _disposed;

    public void Keep(Association association)
    {
        lock (_open)
        {
            if (!_disposed)
            {
                _open.Add(association);
                return;
            }
        }

        association.Dispose();
    }

    public void Dispose()
    {
        lock (_open)
        {
            _disposed = true;
            _open.ForEach(association => association.Dispose());
            _open.Clear();
        }
    }
}
