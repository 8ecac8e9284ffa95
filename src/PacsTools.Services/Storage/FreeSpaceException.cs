using System.Globalization;

namespace PacsTools.Services.Storage;

/// <summary>Less than the reserve is free: nothing is written, although it could be.</summary>
internal sealed class FreeSpaceException(long free, long reserve)
    : IOException(string.Create(CultureInfo.InvariantCulture, $"Only {free} bytes are free, and {reserve} are to stay free (-MinimumFreeSpace)."))
{
}
