using System.Globalization;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Copying;

/// <summary>Joins what a retrieve brought with what the destination took of it.</summary>
internal static class RelayReport
{
    public static DicomRetrieveReport Make(CopyRequest request, DicomRetrieveReport source, CopyBook book, RetrieveException? givenUp)
    {
        List<DicomInstanceFile> told = [.. source.Instances.DistinctBy(i => i.SOPInstanceUID)];
        List<DicomInstanceFile> instances = told.ConvertAll(book.EndOf);
        var refused = instances.Where((i, n) => i.Outcome == InstanceOutcome.Failed && told[n].Outcome != InstanceOutcome.Failed).Count();
        var report = source with
        {
            Stored = instances.Count(i => i.Outcome == InstanceOutcome.Stored),
            Duplicate = instances.Count(i => i.Outcome == InstanceOutcome.Duplicate),
            Unexpected = instances.Count(i => i.Outcome == InstanceOutcome.Unexpected),
            // Without names too, as far as the source counts.
            Failed = source.Failed + refused,
            Bytes = book.Bytes,
            Instances = instances,
            Path = null,
            Destination = request.Destination,
        };
        var error = givenUp ?? (refused > 0 ? Incomplete(request, report, source.Error) : source.Error);
        return report with { Error = error, Complete = error is null, Status = (error as RetrieveException)?.Status ?? report.Status };
    }

    private static RetrieveException Incomplete(CopyRequest request, DicomRetrieveReport report, Exception? source)
    {
        var first = report.Instances.First(i => i.Outcome == InstanceOutcome.Failed && i.Reason is not null);
        var here = report.Stored + report.Unexpected + report.Duplicate;
        var of = report.Expected is { } total ? string.Create(CultureInfo.InvariantCulture, $" of {total}") : "";
        var also = source is null ? "" : $" Besides: {source.Message}";
        return request.Error(
            "Copy.Incomplete",
            string.Create(CultureInfo.InvariantCulture, $"The copy from {request.Source.Node} to {request.Destination} is incomplete: {here}{of} instances were taken, {report.Failed} failed, {report.Missing} are missing. The first: {first.Reason}{also}"),
            "The Instances of the report tell of each what the destination answered; copying again sends all of them again.",
            source,
            first.Status);
    }
}
