using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Json;
using PacsTools.Services.Web;

namespace PacsTools.Services.Sending;

/// <summary>What a server says of the instances of one STOW-RS request (PS3.18 10.5.3, PS3.3 C.12.1.4).</summary>
internal sealed class StowAnswer
{
    private const int MaxLength = 16 << 20;

    private static readonly DicomTag s_failed = new(0x0008, 0x1198);
    private static readonly DicomTag s_referenced = new(0x0008, 0x1199);
    private static readonly DicomTag s_uid = new(0x0008, 0x1155);
    private static readonly DicomTag s_warning = new(0x0008, 0x1196);
    private static readonly DicomTag s_failure = new(0x0008, 0x1197);

    private readonly Dictionary<string, ushort> _stored = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ushort> _failed = new(StringComparer.Ordinal);
    private readonly bool _allStored;

    private StowAnswer(bool allStored) => _allStored = allStored;

    /// <summary>Reads the body of an answer.</summary>
    /// <exception cref="DicomException">It broke off, or cannot be used.</exception>
    public static async Task<StowAnswer> ReadAsync(DicomWebResponse response, CancellationToken cancellationToken)
    {
        var isJson = response.MediaType.Name is "application/dicom+json" or "application/json";
        // 200 means all of them; servers exist that say no more than that.
        var answer = new StowAnswer(response.StatusCode == 200 && (response.IsEmpty || !isJson));
        if (response.IsEmpty || !isJson)
        {
            return answer._allStored ? answer
                : throw DicomWebErrors.BadResponse(response.Server, $"answered HTTP {response.StatusCode} to what was sent and did not say in JSON what it stored");
        }

        await foreach (var dataset in DicomJsonReader.ReadAllAsync(response.Body, new DicomJsonReadOptions { MaxDatasetBytes = MaxLength }, cancellationToken).ConfigureAwait(false))
        {
            Take(dataset, s_referenced, s_warning, answer._stored);
            Take(dataset, s_failed, s_failure, answer._failed);
        }

        return answer;
    }

    /// <summary>The status of an instance: 0 stored, a warning, or a failure; null if the server did not name it.</summary>
    public ushort? StatusOf(string sopInstanceUid) =>
        _failed.TryGetValue(sopInstanceUid, out var failure) ? failure
        : _stored.TryGetValue(sopInstanceUid, out var warning) ? warning
        : _allStored ? (ushort)0 : null;

    private static void Take(DicomDataset dataset, DicomTag sequence, DicomTag reason, Dictionary<string, ushort> into)
    {
        foreach (var item in dataset.GetItems(sequence))
        {
            if (item.GetString(s_uid)?.Trim(' ', '\0') is { Length: > 0 } uid)
                into[uid] = (ushort)(item.GetInt32(reason) ?? (sequence == s_failed ? 0x0110 : 0));
        }
    }
}
