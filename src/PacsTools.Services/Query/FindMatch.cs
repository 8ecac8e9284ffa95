using PacsTools.Dicom.Data;

namespace PacsTools.Services.Query;

/// <summary>One pending response of a C-FIND.</summary>
/// <param name="Dataset">The identifier as it came, as far as it could be read.</param>
/// <param name="Status">FF00, or FF01 if optional keys were not supported (PS3.4 C.4.1.1.4).</param>
/// <param name="Identifier">The index of the identifier that was asked.</param>
/// <param name="Problems">What was illegal in the encoding and tolerated; never a value.</param>
internal sealed record FindMatch(DicomDataset Dataset, ushort Status, int Identifier, IReadOnlyList<string> Problems)
{
    public bool HasUnsupportedKeys => Status == FindPump.PendingUnsupportedKeys;
}
