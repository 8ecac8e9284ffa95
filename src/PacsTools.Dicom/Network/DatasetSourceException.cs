namespace PacsTools.Dicom.Network;

/// <summary>Tells a failure of the stream being sent apart from a failure of the connection; never leaves the association.</summary>
internal sealed class DatasetSourceException(Exception cause) : Exception(cause.Message, cause);
