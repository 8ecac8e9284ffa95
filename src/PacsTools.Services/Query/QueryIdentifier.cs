using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;

namespace PacsTools.Services.Query;

/// <summary>Builds the identifier of a C-FIND request (PS3.4 C.4.1.1.3.1).</summary>
internal static class QueryIdentifier
{
    /// <param name="level">Query/Retrieve Level; null for worklists, which have none (PS3.4 K.6.1.2).</param>
    /// <param name="keys">The matching keys.</param>
    /// <param name="returnKeys">What is asked for without being matched.</param>
    /// <exception cref="QueryKeyException">A value does not fit its value representation.</exception>
    public static DicomDataset Build(QueryLevel? level, IEnumerable<MatchingKey> keys, IEnumerable<AttributePath> returnKeys)
    {
        var matching = keys.ToList();
        var identifier = new DicomDataset();

        // PS3.4 C.4.1.1.3.1: (0008,0005) is there only if a value goes beyond the default repertoire; the least set is what most archives can read.
        var characterSet = SpecificCharacterSet.LeastFor(matching.Where(key => key.Path.VR.UsesCharacterSet()).SelectMany(key => key.Values));
        if (characterSet.Count > 0)
        {
            identifier.SetString(DicomTags.SpecificCharacterSet, DicomVR.CS, [.. characterSet]);
        }

        if (level is { } entity)
        {
            identifier.SetString(DicomTags.QueryRetrieveLevel, DicomVR.CS, entity.ToString().ToUpperInvariant());
        }

        foreach (var path in returnKeys)
        {
            MatchingKey.Universal(path).PutInto(identifier);
        }

        foreach (var key in matching)
        {
            try
            {
                key.PutInto(identifier);
            }
            catch (DicomDataException e)
            {
                throw new QueryKeyException("Query.IllegalValue", key.Path.Name, e.Message);
            }
        }

        return identifier;
    }
}
