namespace PacsTools.Dicom.Data;

// The table of PS3.6 A-1, without the real-time video syntaxes of PS3.22, which never encode a data set sent by DIMSE or a file.
// The JPIP syntaxes carry a URL in place of Pixel Data, so there is nothing encapsulated in them (PS3.5 A.6).
public sealed partial class TransferSyntax
{
    /// <summary>Implicit VR Little Endian.</summary>
    public static readonly TransferSyntax ImplicitVRLittleEndian = new(DicomUids.ImplicitVRLittleEndian,
        "Implicit VR Little Endian", explicitVR: false);

    /// <summary>Explicit VR Little Endian.</summary>
    public static readonly TransferSyntax ExplicitVRLittleEndian = new(DicomUids.ExplicitVRLittleEndian,
        "Explicit VR Little Endian");

    /// <summary>Encapsulated Uncompressed Explicit VR Little Endian.</summary>
    public static readonly TransferSyntax EncapsulatedUncompressedExplicitVRLittleEndian = new(DicomUids.EncapsulatedUncompressedExplicitVRLittleEndian,
        "Encapsulated Uncompressed Explicit VR Little Endian", encapsulated: true);

    /// <summary>Deflated Explicit VR Little Endian.</summary>
    public static readonly TransferSyntax DeflatedExplicitVRLittleEndian = new(DicomUids.DeflatedExplicitVRLittleEndian,
        "Deflated Explicit VR Little Endian", deflated: true);

    /// <summary>Explicit VR Big Endian (retired).</summary>
    public static readonly TransferSyntax ExplicitVRBigEndian = new(DicomUids.ExplicitVRBigEndian,
        "Explicit VR Big Endian", bigEndian: true, retired: true);

    /// <summary>JPEG Baseline (Process 1).</summary>
    public static readonly TransferSyntax JPEGBaseline8Bit = new(DicomUids.JPEGBaseline8Bit,
        "JPEG Baseline (Process 1)", encapsulated: true);

    /// <summary>JPEG Extended (Process 2 &amp; 4).</summary>
    public static readonly TransferSyntax JPEGExtended12Bit = new(DicomUids.JPEGExtended12Bit,
        "JPEG Extended (Process 2 & 4)", encapsulated: true);

    /// <summary>JPEG Extended (Process 3 &amp; 5) (retired).</summary>
    public static readonly TransferSyntax JPEGExtended35 = new(DicomUids.JPEGExtended35,
        "JPEG Extended (Process 3 & 5)", encapsulated: true, retired: true);

    /// <summary>JPEG Spectral Selection, Non-Hierarchical (Process 6 &amp; 8) (retired).</summary>
    public static readonly TransferSyntax JPEGSpectralSelectionNonHierarchical68 = new(DicomUids.JPEGSpectralSelectionNonHierarchical68,
        "JPEG Spectral Selection, Non-Hierarchical (Process 6 & 8)", encapsulated: true, retired: true);

    /// <summary>JPEG Spectral Selection, Non-Hierarchical (Process 7 &amp; 9) (retired).</summary>
    public static readonly TransferSyntax JPEGSpectralSelectionNonHierarchical79 = new(DicomUids.JPEGSpectralSelectionNonHierarchical79,
        "JPEG Spectral Selection, Non-Hierarchical (Process 7 & 9)", encapsulated: true, retired: true);

    /// <summary>JPEG Full Progression, Non-Hierarchical (Process 10 &amp; 12) (retired).</summary>
    public static readonly TransferSyntax JPEGFullProgressionNonHierarchical1012 = new(DicomUids.JPEGFullProgressionNonHierarchical1012,
        "JPEG Full Progression, Non-Hierarchical (Process 10 & 12)", encapsulated: true, retired: true);

    /// <summary>JPEG Full Progression, Non-Hierarchical (Process 11 &amp; 13) (retired).</summary>
    public static readonly TransferSyntax JPEGFullProgressionNonHierarchical1113 = new(DicomUids.JPEGFullProgressionNonHierarchical1113,
        "JPEG Full Progression, Non-Hierarchical (Process 11 & 13)", encapsulated: true, retired: true);

    /// <summary>JPEG Lossless, Non-Hierarchical (Process 14).</summary>
    public static readonly TransferSyntax JPEGLossless = new(DicomUids.JPEGLossless,
        "JPEG Lossless, Non-Hierarchical (Process 14)", encapsulated: true);

    /// <summary>JPEG Lossless, Non-Hierarchical (Process 15) (retired).</summary>
    public static readonly TransferSyntax JPEGLosslessNonHierarchical15 = new(DicomUids.JPEGLosslessNonHierarchical15,
        "JPEG Lossless, Non-Hierarchical (Process 15)", encapsulated: true, retired: true);

    /// <summary>JPEG Extended, Hierarchical (Process 16 &amp; 18) (retired).</summary>
    public static readonly TransferSyntax JPEGExtendedHierarchical1618 = new(DicomUids.JPEGExtendedHierarchical1618,
        "JPEG Extended, Hierarchical (Process 16 & 18)", encapsulated: true, retired: true);

    /// <summary>JPEG Extended, Hierarchical (Process 17 &amp; 19) (retired).</summary>
    public static readonly TransferSyntax JPEGExtendedHierarchical1719 = new(DicomUids.JPEGExtendedHierarchical1719,
        "JPEG Extended, Hierarchical (Process 17 & 19)", encapsulated: true, retired: true);

    /// <summary>JPEG Spectral Selection, Hierarchical (Process 20 &amp; 22) (retired).</summary>
    public static readonly TransferSyntax JPEGSpectralSelectionHierarchical2022 = new(DicomUids.JPEGSpectralSelectionHierarchical2022,
        "JPEG Spectral Selection, Hierarchical (Process 20 & 22)", encapsulated: true, retired: true);

    /// <summary>JPEG Spectral Selection, Hierarchical (Process 21 &amp; 23) (retired).</summary>
    public static readonly TransferSyntax JPEGSpectralSelectionHierarchical2123 = new(DicomUids.JPEGSpectralSelectionHierarchical2123,
        "JPEG Spectral Selection, Hierarchical (Process 21 & 23)", encapsulated: true, retired: true);

    /// <summary>JPEG Full Progression, Hierarchical (Process 24 &amp; 26) (retired).</summary>
    public static readonly TransferSyntax JPEGFullProgressionHierarchical2426 = new(DicomUids.JPEGFullProgressionHierarchical2426,
        "JPEG Full Progression, Hierarchical (Process 24 & 26)", encapsulated: true, retired: true);

    /// <summary>JPEG Full Progression, Hierarchical (Process 25 &amp; 27) (retired).</summary>
    public static readonly TransferSyntax JPEGFullProgressionHierarchical2527 = new(DicomUids.JPEGFullProgressionHierarchical2527,
        "JPEG Full Progression, Hierarchical (Process 25 & 27)", encapsulated: true, retired: true);

    /// <summary>JPEG Lossless, Hierarchical (Process 28) (retired).</summary>
    public static readonly TransferSyntax JPEGLosslessHierarchical28 = new(DicomUids.JPEGLosslessHierarchical28,
        "JPEG Lossless, Hierarchical (Process 28)", encapsulated: true, retired: true);

    /// <summary>JPEG Lossless, Hierarchical (Process 29) (retired).</summary>
    public static readonly TransferSyntax JPEGLosslessHierarchical29 = new(DicomUids.JPEGLosslessHierarchical29,
        "JPEG Lossless, Hierarchical (Process 29)", encapsulated: true, retired: true);

    /// <summary>JPEG Lossless, Non-Hierarchical, First-Order Prediction (Process 14 [Selection Value 1]).</summary>
    public static readonly TransferSyntax JPEGLosslessSV1 = new(DicomUids.JPEGLosslessSV1,
        "JPEG Lossless, Non-Hierarchical, First-Order Prediction (Process 14 [Selection Value 1])", encapsulated: true);

    /// <summary>JPEG-LS Lossless Image Compression.</summary>
    public static readonly TransferSyntax JPEGLSLossless = new(DicomUids.JPEGLSLossless,
        "JPEG-LS Lossless Image Compression", encapsulated: true);

    /// <summary>JPEG-LS Lossy (Near-Lossless) Image Compression.</summary>
    public static readonly TransferSyntax JPEGLSNearLossless = new(DicomUids.JPEGLSNearLossless,
        "JPEG-LS Lossy (Near-Lossless) Image Compression", encapsulated: true);

    /// <summary>JPEG 2000 Image Compression (Lossless Only).</summary>
    public static readonly TransferSyntax JPEG2000Lossless = new(DicomUids.JPEG2000Lossless,
        "JPEG 2000 Image Compression (Lossless Only)", encapsulated: true);

    /// <summary>JPEG 2000 Image Compression.</summary>
    public static readonly TransferSyntax JPEG2000 = new(DicomUids.JPEG2000,
        "JPEG 2000 Image Compression", encapsulated: true);

    /// <summary>JPEG 2000 Part 2 Multi-component Image Compression (Lossless Only).</summary>
    public static readonly TransferSyntax JPEG2000MCLossless = new(DicomUids.JPEG2000MCLossless,
        "JPEG 2000 Part 2 Multi-component Image Compression (Lossless Only)", encapsulated: true);

    /// <summary>JPEG 2000 Part 2 Multi-component Image Compression.</summary>
    public static readonly TransferSyntax JPEG2000MC = new(DicomUids.JPEG2000MC,
        "JPEG 2000 Part 2 Multi-component Image Compression", encapsulated: true);

    /// <summary>JPIP Referenced.</summary>
    public static readonly TransferSyntax JPIPReferenced = new(DicomUids.JPIPReferenced,
        "JPIP Referenced");

    /// <summary>JPIP Referenced Deflate.</summary>
    public static readonly TransferSyntax JPIPReferencedDeflate = new(DicomUids.JPIPReferencedDeflate,
        "JPIP Referenced Deflate", deflated: true);

    /// <summary>MPEG2 Main Profile / Main Level.</summary>
    public static readonly TransferSyntax MPEG2MPML = new(DicomUids.MPEG2MPML,
        "MPEG2 Main Profile / Main Level", encapsulated: true);

    /// <summary>Fragmentable MPEG2 Main Profile / Main Level.</summary>
    public static readonly TransferSyntax MPEG2MPMLF = new(DicomUids.MPEG2MPMLF,
        "Fragmentable MPEG2 Main Profile / Main Level", encapsulated: true);

    /// <summary>MPEG2 Main Profile / High Level.</summary>
    public static readonly TransferSyntax MPEG2MPHL = new(DicomUids.MPEG2MPHL,
        "MPEG2 Main Profile / High Level", encapsulated: true);

    /// <summary>Fragmentable MPEG2 Main Profile / High Level.</summary>
    public static readonly TransferSyntax MPEG2MPHLF = new(DicomUids.MPEG2MPHLF,
        "Fragmentable MPEG2 Main Profile / High Level", encapsulated: true);

    /// <summary>MPEG-4 AVC/H.264 High Profile / Level 4.1.</summary>
    public static readonly TransferSyntax MPEG4HP41 = new(DicomUids.MPEG4HP41,
        "MPEG-4 AVC/H.264 High Profile / Level 4.1", encapsulated: true);

    /// <summary>Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.1.</summary>
    public static readonly TransferSyntax MPEG4HP41F = new(DicomUids.MPEG4HP41F,
        "Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.1", encapsulated: true);

    /// <summary>MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1.</summary>
    public static readonly TransferSyntax MPEG4HP41BD = new(DicomUids.MPEG4HP41BD,
        "MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1", encapsulated: true);

    /// <summary>Fragmentable MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1.</summary>
    public static readonly TransferSyntax MPEG4HP41BDF = new(DicomUids.MPEG4HP41BDF,
        "Fragmentable MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1", encapsulated: true);

    /// <summary>MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video.</summary>
    public static readonly TransferSyntax MPEG4HP422D = new(DicomUids.MPEG4HP422D,
        "MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video", encapsulated: true);

    /// <summary>Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video.</summary>
    public static readonly TransferSyntax MPEG4HP422DF = new(DicomUids.MPEG4HP422DF,
        "Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video", encapsulated: true);

    /// <summary>MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video.</summary>
    public static readonly TransferSyntax MPEG4HP423D = new(DicomUids.MPEG4HP423D,
        "MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video", encapsulated: true);

    /// <summary>Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video.</summary>
    public static readonly TransferSyntax MPEG4HP423DF = new(DicomUids.MPEG4HP423DF,
        "Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video", encapsulated: true);

    /// <summary>MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2.</summary>
    public static readonly TransferSyntax MPEG4HP42STEREO = new(DicomUids.MPEG4HP42STEREO,
        "MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2", encapsulated: true);

    /// <summary>Fragmentable MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2.</summary>
    public static readonly TransferSyntax MPEG4HP42STEREOF = new(DicomUids.MPEG4HP42STEREOF,
        "Fragmentable MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2", encapsulated: true);

    /// <summary>HEVC/H.265 Main Profile / Level 5.1.</summary>
    public static readonly TransferSyntax HEVCMP51 = new(DicomUids.HEVCMP51,
        "HEVC/H.265 Main Profile / Level 5.1", encapsulated: true);

    /// <summary>HEVC/H.265 Main 10 Profile / Level 5.1.</summary>
    public static readonly TransferSyntax HEVCM10P51 = new(DicomUids.HEVCM10P51,
        "HEVC/H.265 Main 10 Profile / Level 5.1", encapsulated: true);

    /// <summary>JPEG XL Lossless.</summary>
    public static readonly TransferSyntax JPEGXLLossless = new(DicomUids.JPEGXLLossless,
        "JPEG XL Lossless", encapsulated: true);

    /// <summary>JPEG XL JPEG Recompression.</summary>
    public static readonly TransferSyntax JPEGXLJPEGRecompression = new(DicomUids.JPEGXLJPEGRecompression,
        "JPEG XL JPEG Recompression", encapsulated: true);

    /// <summary>JPEG XL.</summary>
    public static readonly TransferSyntax JPEGXL = new(DicomUids.JPEGXL,
        "JPEG XL", encapsulated: true);

    /// <summary>High-Throughput JPEG 2000 Image Compression (Lossless Only).</summary>
    public static readonly TransferSyntax HTJ2KLossless = new(DicomUids.HTJ2KLossless,
        "High-Throughput JPEG 2000 Image Compression (Lossless Only)", encapsulated: true);

    /// <summary>High-Throughput JPEG 2000 with RPCL Options Image Compression (Lossless Only).</summary>
    public static readonly TransferSyntax HTJ2KLosslessRPCL = new(DicomUids.HTJ2KLosslessRPCL,
        "High-Throughput JPEG 2000 with RPCL Options Image Compression (Lossless Only)", encapsulated: true);

    /// <summary>High-Throughput JPEG 2000 Image Compression.</summary>
    public static readonly TransferSyntax HTJ2K = new(DicomUids.HTJ2K,
        "High-Throughput JPEG 2000 Image Compression", encapsulated: true);

    /// <summary>JPIP HTJ2K Referenced.</summary>
    public static readonly TransferSyntax JPIPHTJ2KReferenced = new(DicomUids.JPIPHTJ2KReferenced,
        "JPIP HTJ2K Referenced");

    /// <summary>JPIP HTJ2K Referenced Deflate.</summary>
    public static readonly TransferSyntax JPIPHTJ2KReferencedDeflate = new(DicomUids.JPIPHTJ2KReferencedDeflate,
        "JPIP HTJ2K Referenced Deflate", deflated: true);

    /// <summary>RLE Lossless.</summary>
    public static readonly TransferSyntax RLELossless = new(DicomUids.RLELossless,
        "RLE Lossless", encapsulated: true);

    /// <summary>RFC 2557 MIME encapsulation (retired).</summary>
    public static readonly TransferSyntax RFC2557MIMEEncapsulation = new(DicomUids.RFC2557MIMEEncapsulation,
        "RFC 2557 MIME encapsulation", retired: true);

    /// <summary>XML Encoding (retired).</summary>
    public static readonly TransferSyntax XMLEncoding = new(DicomUids.XMLEncoding,
        "XML Encoding", retired: true);

    /// <summary>Deflated Image Frame Compression.</summary>
    public static readonly TransferSyntax DeflatedImageFrameCompression = new(DicomUids.DeflatedImageFrameCompression,
        "Deflated Image Frame Compression", encapsulated: true);

    /// <summary>Papyrus 3 Implicit VR Little Endian (retired).</summary>
    public static readonly TransferSyntax Papyrus3ImplicitVRLittleEndian = new(DicomUids.Papyrus3ImplicitVRLittleEndian,
        "Papyrus 3 Implicit VR Little Endian", explicitVR: false, retired: true);

    /// <summary>A private syntax of older GE systems: implicit VR little endian whose pixel data is big endian.</summary>
    public static readonly TransferSyntax GEPrivateImplicitVRBigEndian = new("1.2.840.113619.5.2",
        "GE Private Implicit VR Little Endian with Big Endian Pixel Data", explicitVR: false, bigEndianPixelData: true);

    /// <summary>Every transfer syntax of PS3.6 A, in order of their UIDs, the retired ones among them.</summary>
    public static IReadOnlyList<TransferSyntax> All { get; } = Array.AsReadOnly<TransferSyntax>(
    [
        ImplicitVRLittleEndian,
        ExplicitVRLittleEndian,
        EncapsulatedUncompressedExplicitVRLittleEndian,
        DeflatedExplicitVRLittleEndian,
        ExplicitVRBigEndian,
        JPEGBaseline8Bit,
        JPEGExtended12Bit,
        JPEGExtended35,
        JPEGSpectralSelectionNonHierarchical68,
        JPEGSpectralSelectionNonHierarchical79,
        JPEGFullProgressionNonHierarchical1012,
        JPEGFullProgressionNonHierarchical1113,
        JPEGLossless,
        JPEGLosslessNonHierarchical15,
        JPEGExtendedHierarchical1618,
        JPEGExtendedHierarchical1719,
        JPEGSpectralSelectionHierarchical2022,
        JPEGSpectralSelectionHierarchical2123,
        JPEGFullProgressionHierarchical2426,
        JPEGFullProgressionHierarchical2527,
        JPEGLosslessHierarchical28,
        JPEGLosslessHierarchical29,
        JPEGLosslessSV1,
        JPEGLSLossless,
        JPEGLSNearLossless,
        JPEG2000Lossless,
        JPEG2000,
        JPEG2000MCLossless,
        JPEG2000MC,
        JPIPReferenced,
        JPIPReferencedDeflate,
        MPEG2MPML,
        MPEG2MPMLF,
        MPEG2MPHL,
        MPEG2MPHLF,
        MPEG4HP41,
        MPEG4HP41F,
        MPEG4HP41BD,
        MPEG4HP41BDF,
        MPEG4HP422D,
        MPEG4HP422DF,
        MPEG4HP423D,
        MPEG4HP423DF,
        MPEG4HP42STEREO,
        MPEG4HP42STEREOF,
        HEVCMP51,
        HEVCM10P51,
        JPEGXLLossless,
        JPEGXLJPEGRecompression,
        JPEGXL,
        HTJ2KLossless,
        HTJ2KLosslessRPCL,
        HTJ2K,
        JPIPHTJ2KReferenced,
        JPIPHTJ2KReferencedDeflate,
        RLELossless,
        RFC2557MIMEEncapsulation,
        XMLEncoding,
        DeflatedImageFrameCompression,
        Papyrus3ImplicitVRLittleEndian,
    ]);
}
