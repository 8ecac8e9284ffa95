using PacsTools.Dicom.Errors;

namespace PacsTools.Services.Web;

/// <summary>Retrieve transaction of the studies service (PS3.18 10.4): instances as they are stored, part by part as they arrive.</summary>
internal sealed class WadoRsClient(DicomWebClient client)
{
    private const string Accept = "multipart/related; type=\"application/dicom\"; transfer-syntax=*";

    /// <summary>Asks for the instances of a study, a series, or for one.</summary>
    /// <exception cref="DicomException">The server refused, cannot be talked to, or answers with something else.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<WadoRsAnswer> GetAsync(string study, string? series, string? instance, CancellationToken cancellationToken)
    {
        List<string> parts = ["studies", study];
        if (series is not null)
            parts.AddRange(["series", series]);
        if (instance is not null)
            parts.AddRange(["instances", instance]);
        var response = await client.GetAsync(DicomWebClient.Path([.. parts]), Accept, cancellationToken).ConfigureAwait(false);
        try
        {
            return new WadoRsAnswer(response, Reader(response));
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static IPartReader? Reader(DicomWebResponse response)
    {
        if (response.IsEmpty)
            return null;
        var type = response.MediaType;
        return type.Name switch
        {
            "multipart/related" or "multipart/mixed" when type["type"] is null || IsInstance(WebMediaType.Parse(type["type"])) => new MultipartReader(response.Body, type["boundary"], response.Server),
            "application/dicom" when response.HasKnownEnd => new SinglePartReader(response.Body, type),
            "application/dicom" => throw DicomWebErrors.BadResponse(response.Server, "answered with an instance of which nobody could tell whether it is whole"),
            _ => throw DicomWebErrors.BadResponse(response.Server, $"answered with '{type.Name}{(type["type"] is { } of ? $" of {of}" : "")}' where DICOM instances were asked for"),
        };
    }

    /// <summary>True if a part of this type may be a DICOM file.</summary>
    public static bool IsInstance(WebMediaType type) => type.Name is "application/dicom" or "application/octet-stream" or "";
}
