using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Simulation;

/// <summary>Data sets of requests and responses: identifiers, and what commitment is about.</summary>
internal static class DatasetExchange
{
    private const int MaxLength = 8 * 1024 * 1024;

    // Deflated or not, it may be no longer.
    private static readonly DatasetReadOptions s_bounds = new() { MaxInflatedBytes = MaxLength };

    /// <exception cref="IdentifierException">There is none, or it cannot be read.</exception>
    /// <exception cref="DicomException">The association is gone.</exception>
    public static DicomDataset Read(IncomingMessage message)
    {
        if (!message.HasDataSet)
            throw new IdentifierException(DimseCodes.IdentifierDoesNotMatch, "the request has no data set");
        try
        {
            return DatasetReader.Read(message.ReadDataset(MaxLength), TransferSyntax.Get(message.Context.TransferSyntax), s_bounds);
        }
        catch (DicomDataException e)
        {
            throw new IdentifierException(DimseCodes.UnableToProcess, e.Message);
        }
    }

    /// <summary>The data set as bytes of the context it is to be sent on.</summary>
    /// <exception cref="DicomDataException">Its character set cannot hold its text.</exception>
    public static byte[] Write(DicomDataset dataset, AcceptedContext context) => DatasetWriter.Write(dataset, TransferSyntax.Get(context.TransferSyntax));
}
