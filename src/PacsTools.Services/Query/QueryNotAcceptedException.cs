using PacsTools.Dicom.Errors;

namespace PacsTools.Services.Query;

/// <summary>An archive does not agree to a kind of query in extended negotiation (PS3.4 C.5.1.1). The query was not sent; the association survives.</summary>
public sealed class QueryNotAcceptedException : DicomException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="id"><c>Query.RelationalNotAccepted</c> or <c>Query.FuzzyNotAccepted</c>.</param>
    /// <param name="message">What was not accepted and what can be done instead.</param>
    public QueryNotAcceptedException(string id, string message)
        : base(message) => Id = id;

    /// <summary>A stable word for what was not accepted.</summary>
    public string Id { get; }

    /// <inheritdoc/>
    public override bool AssociationSurvives => true;
}
