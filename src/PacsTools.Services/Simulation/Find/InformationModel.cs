using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;

namespace PacsTools.Services.Simulation;

/// <summary>The query/retrieve SOP classes the simulator serves, and the levels of their models (PS3.4 C.6).</summary>
internal static class InformationModel
{
    private static readonly Dictionary<string, QueryModel> s_models = new(StringComparer.Ordinal)
    {
        [DicomUids.StudyRootFind] = QueryModel.Study,
        [DicomUids.StudyRootMove] = QueryModel.Study,
        [DicomUids.StudyRootGet] = QueryModel.Study,
        [DicomUids.PatientRootFind] = QueryModel.Patient,
        [DicomUids.PatientRootMove] = QueryModel.Patient,
        [DicomUids.PatientRootGet] = QueryModel.Patient,
    };

    public static bool Serves(string sopClassUid) => s_models.ContainsKey(sopClassUid);

    public static QueryModel Of(string sopClassUid) => s_models[sopClassUid];

    /// <summary>The level a model begins with.</summary>
    public static QueryLevel Root(QueryModel model) => model == QueryModel.Patient ? QueryLevel.Patient : QueryLevel.Study;

    /// <summary>The level an identifier asks for.</summary>
    /// <exception cref="IdentifierException">It names none, or none of the model.</exception>
    public static QueryLevel LevelOf(DicomDataset identifier, QueryModel model)
    {
        QueryLevel? level = identifier.GetString(DicomTags.QueryRetrieveLevel) switch
        {
            "PATIENT" => QueryLevel.Patient,
            "STUDY" => QueryLevel.Study,
            "SERIES" => QueryLevel.Series,
            "IMAGE" => QueryLevel.Image,
            null => throw new IdentifierException(DimseCodes.IdentifierDoesNotMatch, "Query/Retrieve Level is missing", DicomTags.QueryRetrieveLevel),
            _ => null,
        };
        return level is { } known && known >= Root(model)
            ? known
            : throw new IdentifierException(DimseCodes.IdentifierDoesNotMatch, "Query/Retrieve Level is not one of the model", DicomTags.QueryRetrieveLevel);
    }

    /// <summary>Checks that every level above has its unique key, with one value and nothing else (PS3.4 C.4.1.2.2.1, C.4.2.2.2.1).</summary>
    /// <exception cref="IdentifierException">One has not.</exception>
    public static void RequireKeysAbove(DicomDataset identifier, QueryModel model, QueryLevel level)
    {
        for (var above = Root(model); above < level; above++)
        {
            var tag = LevelAttributes.UniqueKey(above);
            var values = identifier.GetStrings(tag);
            if (values.Length != 1 || values[0].Length == 0 || Wildcard.IsIn(values[0]))
                throw new IdentifierException(DimseCodes.IdentifierDoesNotMatch, $"the unique key of level {above.ToString().ToUpperInvariant()} needs one value", tag);
        }
    }
}
