using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Files;
using PacsTools.Dicom.Json;

namespace PacsTools.Services.Simulation.Web;

/// <summary>Metadata of instances (PS3.18 10.4.1.1.2): their headers as DICOM JSON, one file read after the other. Pixel data and other long values are left out.</summary>
internal sealed class MetadataService(SimulatorState state)
{
    private const int LongestValue = 64 << 10;

    private static readonly DicomJsonWriteOptions s_options = new() { InlineLimit = LongestValue, BulkData = static (_, _) => null };

    public void Serve(WebExchange exchange)
    {
        var accepted = new AcceptedTypes(exchange.Accept);
        if (!accepted.TakesJson)
            throw new HttpError(406, "metadata is given in application/dicom+json");
        var instances = WadoSelection.Read(state, exchange.Target);
        exchange.Gate.Pass();
        WebJson.Write(exchange, accepted.JsonType, instances.Select(instance => Read(instance.Path)), s_options);
    }

    private static DicomDataset Read(string path)
    {
        try
        {
            return DicomFile.Open(path, new DicomFileReadOptions { DeferLongerThan = LongestValue, Lenient = true }).Dataset;
        }
        catch (Exception e) when (e is DicomDataException or UnauthorizedAccessException)
        {
            throw new IOException("the file of an instance cannot be read", e);
        }
    }
}
