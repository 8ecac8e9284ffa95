namespace PacsTools.Dicom.Pdus;

using Encoding = System.Text.Encoding;

/// <summary>Recognises peers that do not speak DICOM at all by their first bytes, so that the error can say what they are.</summary>
internal static class ForeignProtocol
{
    private static readonly string[] HttpStarts =
        ["HTTP", "GET ", "POST", "PUT ", "HEAD", "OPTI", "DELE", "PATC", "CONN", "TRAC", "PRI "];

    /// <summary>Words about what a peer sent in place of a PDU.</summary>
    public static string Describe(ReadOnlySpan<byte> start)
    {
        if (start.Length >= 2 && start[0] is >= 0x14 and <= 0x17 && start[1] == 0x03)
            return start[0] == 0x15
                ? "the peer answered with a TLS alert: it expects TLS on this port, or refused ours"
                : "the peer speaks TLS, not plain DICOM, on this connection";
        foreach (var word in HttpStarts)
        {
            if (Starts(start, word))
                return "the peer speaks HTTP, not DICOM, on this connection: is this the port of a web server or of DICOMweb?";
        }

        if (Starts(start, "SSH-"))
            return "the peer speaks SSH, not DICOM, on this connection";
        return $"the peer sent a PDU of unknown type {start[0]:X2}H, or does not speak DICOM on this connection";
    }

    private static bool Starts(ReadOnlySpan<byte> start, string word)
    {
        Span<byte> ascii = stackalloc byte[4];
        Encoding.ASCII.GetBytes(word, ascii);
        return start.StartsWith(ascii);
    }
}
