using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Json;
using PacsTools.Services.Web;

namespace PacsTools.Services.Sending;

/// <summary>What a server says of the instances of one STOW-RS request: its Store Instances Response Module (PS3.18 10.5.3, Annex I).</summary>
internal sealed class StowAnswer
{
    private const int MaxLength = 16 << 20;

    // Table 10.5.3-1: all instances are stored.
    private const int AllStored = 200;

    // PS3.3 C.14.1.1: for a failure whose reason is none.
    private const ushort ProcessingFailure = 0x0110;

    private static readonly DicomTag s_failed = new(0x0008, 0x1198);
    private static readonly DicomTag s_referenced = new(0x0008, 0x1199);
    private static readonly DicomTag s_uid = new(0x0008, 0x1155);
    private static readonly DicomTag s_warning = new(0x0008, 0x1196);
    private static readonly DicomTag s_failure = new(0x0008, 0x1197);

    private readonly Dictionary<string, ushort> _stored = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ushort> _failed = new(StringComparer.Ordinal);

    private StowAnswer()
    {
    }

    /// <summary>True if there is nothing but a status code that says that all are stored: the module, which 10.5.3 demands, is missing or in XML.</summary>
    public bool IsCodeAlone { get; private init; }

    /// <summary>Reads the body of an answer.</summary>
    /// <exception cref="DicomException">It broke off, or cannot be used.</exception>
    public static async Task<StowAnswer> ReadAsync(DicomWebResponse response, CancellationToken cancellationToken)
    {
        if (response.IsEmpty || !IsJson(response.MediaType.Name))
            return await WithoutModuleAsync(response, cancellationToken).ConfigureAwait(false);
        var answer = new StowAnswer();
        await foreach (var dataset in DicomJsonReader.ReadAllAsync(response.Body, new DicomJsonReadOptions { MaxDatasetBytes = MaxLength }, cancellationToken).ConfigureAwait(false))
        {
            Take(dataset, s_referenced, s_warning, answer._stored);
            Take(dataset, s_failed, s_failure, answer._failed);
        }

        return answer;
    }

    /// <summary>What became of an instance; null if the server did not name it.</summary>
    public Judgement? Of(string sopInstanceUid) =>
        _failed.TryGetValue(sopInstanceUid, out var failure) ? new Judgement(false, IsFailure(failure) ? failure : ProcessingFailure)
        : _stored.TryGetValue(sopInstanceUid, out var warning) ? new Judgement(true, warning)
        : null;

    // A page of whatever server answers at that address says nothing of instances, by whatever status.
    private static async Task<StowAnswer> WithoutModuleAsync(DicomWebResponse response, CancellationToken cancellationToken)
    {
        var type = response.MediaType;
        if (response.StatusCode == AllStored && (IsXml(type) || await HasNoBodyAsync(response, cancellationToken).ConfigureAwait(false)))
            return new StowAnswer { IsCodeAlone = true };
        throw DicomWebErrors.BadResponse(
            response.Server,
            $"answered HTTP {response.StatusCode}{(type.Name.Length > 0 ? $" with '{type.Name}'" : "")} to what was sent and did not say in JSON what it stored",
            status: response.StatusCode == AllStored ? null : response.StatusCode);
    }

    private static async Task<bool> HasNoBodyAsync(DicomWebResponse response, CancellationToken cancellationToken) =>
        response.IsEmpty || (response.MediaType.Name.Length == 0 && await response.Body.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false) == 0);

    private static bool IsJson(string type) => type is "application/dicom+json" or "application/json";

    private static bool IsXml(WebMediaType type) => type.Name is "application/dicom+xml" or "application/xml" or "text/xml"
        || (type.Name == "multipart/related" && type["type"] is { } part && WebMediaType.Parse(part).Name == "application/dicom+xml");

    private static bool IsFailure(ushort code) => DimseStatus.Lookup(DimseService.Store, code).Class is not (DimseStatusClass.Success or DimseStatusClass.Warning);

    private static void Take(DicomDataset dataset, DicomTag sequence, DicomTag reason, Dictionary<string, ushort> into)
    {
        foreach (var item in dataset.GetItems(sequence))
        {
            if (item.GetString(s_uid)?.Trim(' ', '\0') is { Length: > 0 } uid)
                into[uid] = item.GetInt32(reason) is { } code and >= 0 and <= ushort.MaxValue ? (ushort)code : (ushort)0;
        }
    }

    /// <summary>What the list an instance is in says of it, and the number beside it.</summary>
    /// <param name="IsStored">True for Referenced SOP Sequence (0008,1199), false for Failed SOP Sequence (0008,1198).</param>
    /// <param name="Status">Warning Reason (0008,1196) or Failure Reason (0008,1197); 0 if there is no warning.</param>
    internal readonly record struct Judgement(bool IsStored, ushort Status);
}
