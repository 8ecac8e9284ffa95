using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>A query with all its arguments checked, ready to be sent.</summary>
/// <param name="Level">Query/Retrieve Level.</param>
/// <param name="Model">The information model; null for the node's.</param>
/// <param name="Parts">What is asked, one C-FIND each.</param>
/// <param name="ReturnKeys">What is asked for without being matched.</param>
/// <param name="RequiredKeys">Keys every archive has to support.</param>
internal sealed record QueryPlan(
    QueryLevel Level,
    QueryModel? Model,
    IReadOnlyList<QueryPart> Parts,
    IReadOnlyList<AttributePath> ReturnKeys,
    IReadOnlySet<DicomTag> RequiredKeys);
