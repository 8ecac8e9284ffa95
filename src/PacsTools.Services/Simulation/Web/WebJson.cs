using System.Text.Json;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Json;

namespace PacsTools.Services.Simulation.Web;

/// <summary>Answers with an array of data sets, each sent when there is enough to send.</summary>
internal static class WebJson
{
    private const int Enough = 32 << 10;

    /// <param name="exchange">Whose gate has let the first data set pass already.</param>
    /// <param name="mediaType">What JSON is called.</param>
    /// <param name="datasets">The data sets, at least one.</param>
    /// <param name="options">How they are written.</param>
    public static void Write(WebExchange exchange, string mediaType, IEnumerable<DicomDataset> datasets, DicomJsonWriteOptions? options = null)
    {
        using var pieces = exchange.Reply.Begin(200, mediaType);
        using var json = new Utf8JsonWriter(pieces, DicomJsonWriter.WriterOptions());
        var isFirst = true;
        json.WriteStartArray();
        foreach (var dataset in datasets)
        {
            if (!isFirst)
                exchange.Gate.Pass(Flush);
            isFirst = false;
            DicomJsonWriter.Write(json, dataset, options);
            if (json.BytesPending > Enough)
                json.Flush();
        }

        exchange.Gate.PassEnd(Flush);
        json.WriteEndArray();
        json.Flush();
        pieces.End();

        void Flush()
        {
            json.Flush();
            pieces.Flush();
        }
    }
}
