using System.Globalization;
using System.Runtime.CompilerServices;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Json;

namespace PacsTools.Services.Web;

/// <summary>Search transaction of the studies service (PS3.18 10.6), page by page until nothing new comes.</summary>
/// <param name="client">Who asks.</param>
/// <param name="mostMatches">How many matches a search may bring, those that come again included.</param>
internal sealed class QidoRsClient(DicomWebClient client, int mostMatches = QidoRsClient.MostMatches)
{
    private const int PageSize = 1000;

    /// <summary>No study has as many instances. Whoever goes on telling must not fill the memory, or keep us for ever.</summary>
    private const int MostMatches = 2_000_000;

    // A match is some attributes; what a server compresses may be a thousand times what came.
    private static readonly DicomJsonReadOptions s_bounds = new() { MaxDatasetBytes = 4 << 20 };

    /// <summary>Asks for the matches of a resource.</summary>
    /// <param name="path">The resource, without a query.</param>
    /// <param name="query">The query without paging; empty for none.</param>
    /// <param name="key">The attribute that tells matches apart. A server that knows no paging answers every page with everything.</param>
    /// <param name="enough">Asked after every page; true if there are no more, so that the empty page at the end need not be asked for.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="DicomException">The server refused, cannot be talked to, or answers with something else.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async IAsyncEnumerable<DicomDataset> SearchAsync(
        string path, string query, DicomTag key, Func<int, bool> enough, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (var (offset, news) = (0, true); news && !enough(seen.Count);)
        {
            news = false;
            var before = offset;
            using var response = await PageAsync(path, query, offset, cancellationToken).ConfigureAwait(false);
            if (response.IsEmpty)
                yield break;
            if (response.MediaType.Name is not ("application/dicom+json" or "application/json" or ""))
                throw DicomWebErrors.BadResponse(response.Server, $"answered with '{response.MediaType.Name}' where matches in JSON were asked for");
            await foreach (var match in DicomJsonReader.ReadAllAsync(response.Body, s_bounds, cancellationToken).ConfigureAwait(false))
            {
                if (++offset > mostMatches)
                    throw DicomWebErrors.BadResponse(response.Server, $"answered with more than {mostMatches} matches");
                if (match.GetString(key)?.Trim(' ', '\0') is not { Length: > 0 } uid || !seen.Add(uid))
                    continue;
                news = true;
                yield return match;
            }

            if (offset == before)
                yield break;
        }
    }

    private async Task<DicomWebResponse> PageAsync(string path, string query, int offset, CancellationToken cancellationToken)
    {
        var paging = string.Create(CultureInfo.InvariantCulture, $"limit={PageSize}&offset={offset}");
        try
        {
            return await client.GetAsync($"{path}?{(query.Length == 0 ? paging : $"{query}&{paging}")}", DicomWebClient.Json, cancellationToken).ConfigureAwait(false);
        }
        catch (DicomWebException e) when (e.StatusCode == 400 && offset == 0)
        {
            // Some servers know no paging and say so; they answer with everything.
            return await client.GetAsync(query.Length == 0 ? path : $"{path}?{query}", DicomWebClient.Json, cancellationToken).ConfigureAwait(false);
        }
    }
}
