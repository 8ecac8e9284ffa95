namespace PacsTools.Dicom.Data;

public static partial class DicomUids
{
    /// <summary>Implicit VR Little Endian.</summary>
    public const string ImplicitVRLittleEndian = "1.2.840.10008.1.2";

    /// <summary>Explicit VR Little Endian.</summary>
    public const string ExplicitVRLittleEndian = "1.2.840.10008.1.2.1";

    /// <summary>Encapsulated Uncompressed Explicit VR Little Endian.</summary>
    public const string EncapsulatedUncompressedExplicitVRLittleEndian = "1.2.840.10008.1.2.1.98";

    /// <summary>Deflated Explicit VR Little Endian.</summary>
    public const string DeflatedExplicitVRLittleEndian = "1.2.840.10008.1.2.1.99";

    /// <summary>Explicit VR Big Endian (retired).</summary>
    public const string ExplicitVRBigEndian = "1.2.840.10008.1.2.2";

    /// <summary>JPEG Baseline (Process 1).</summary>
    public const string JPEGBaseline8Bit = "1.2.840.10008.1.2.4.50";

    /// <summary>JPEG Extended (Process 2 &amp; 4).</summary>
    public const string JPEGExtended12Bit = "1.2.840.10008.1.2.4.51";

    /// <summary>JPEG Extended (Process 3 &amp; 5) (retired).</summary>
    public const string JPEGExtended35 = "1.2.840.10008.1.2.4.52";

    /// <summary>JPEG Spectral Selection, Non-Hierarchical (Process 6 &amp; 8) (retired).</summary>
    public const string JPEGSpectralSelectionNonHierarchical68 = "1.2.840.10008.1.2.4.53";

    /// <summary>JPEG Spectral Selection, Non-Hierarchical (Process 7 &amp; 9) (retired).</summary>
    public const string JPEGSpectralSelectionNonHierarchical79 = "1.2.840.10008.1.2.4.54";

    /// <summary>JPEG Full Progression, Non-Hierarchical (Process 10 &amp; 12) (retired).</summary>
    public const string JPEGFullProgressionNonHierarchical1012 = "1.2.840.10008.1.2.4.55";

    /// <summary>JPEG Full Progression, Non-Hierarchical (Process 11 &amp; 13) (retired).</summary>
    public const string JPEGFullProgressionNonHierarchical1113 = "1.2.840.10008.1.2.4.56";

    /// <summary>JPEG Lossless, Non-Hierarchical (Process 14).</summary>
    public const string JPEGLossless = "1.2.840.10008.1.2.4.57";

    /// <summary>JPEG Lossless, Non-Hierarchical (Process 15) (retired).</summary>
    public const string JPEGLosslessNonHierarchical15 = "1.2.840.10008.1.2.4.58";

    /// <summary>JPEG Extended, Hierarchical (Process 16 &amp; 18) (retired).</summary>
    public const string JPEGExtendedHierarchical1618 = "1.2.840.10008.1.2.4.59";

    /// <summary>JPEG Extended, Hierarchical (Process 17 &amp; 19) (retired).</summary>
    public const string JPEGExtendedHierarchical1719 = "1.2.840.10008.1.2.4.60";

    /// <summary>JPEG Spectral Selection, Hierarchical (Process 20 &amp; 22) (retired).</summary>
    public const string JPEGSpectralSelectionHierarchical2022 = "1.2.840.10008.1.2.4.61";

    /// <summary>JPEG Spectral Selection, Hierarchical (Process 21 &amp; 23) (retired).</summary>
    public const string JPEGSpectralSelectionHierarchical2123 = "1.2.840.10008.1.2.4.62";

    /// <summary>JPEG Full Progression, Hierarchical (Process 24 &amp; 26) (retired).</summary>
    public const string JPEGFullProgressionHierarchical2426 = "1.2.840.10008.1.2.4.63";

    /// <summary>JPEG Full Progression, Hierarchical (Process 25 &amp; 27) (retired).</summary>
    public const string JPEGFullProgressionHierarchical2527 = "1.2.840.10008.1.2.4.64";

    /// <summary>JPEG Lossless, Hierarchical (Process 28) (retired).</summary>
    public const string JPEGLosslessHierarchical28 = "1.2.840.10008.1.2.4.65";

    /// <summary>JPEG Lossless, Hierarchical (Process 29) (retired).</summary>
    public const string JPEGLosslessHierarchical29 = "1.2.840.10008.1.2.4.66";

    /// <summary>JPEG Lossless, Non-Hierarchical, First-Order Prediction (Process 14 [Selection Value 1]).</summary>
    public const string JPEGLosslessSV1 = "1.2.840.10008.1.2.4.70";

    /// <summary>JPEG-LS Lossless Image Compression.</summary>
    public const string JPEGLSLossless = "1.2.840.10008.1.2.4.80";

    /// <summary>JPEG-LS Lossy (Near-Lossless) Image Compression.</summary>
    public const string JPEGLSNearLossless = "1.2.840.10008.1.2.4.81";

    /// <summary>JPEG 2000 Image Compression (Lossless Only).</summary>
    public const string JPEG2000Lossless = "1.2.840.10008.1.2.4.90";

    /// <summary>JPEG 2000 Image Compression.</summary>
    public const string JPEG2000 = "1.2.840.10008.1.2.4.91";

    /// <summary>JPEG 2000 Part 2 Multi-component Image Compression (Lossless Only).</summary>
    public const string JPEG2000MCLossless = "1.2.840.10008.1.2.4.92";

    /// <summary>JPEG 2000 Part 2 Multi-component Image Compression.</summary>
    public const string JPEG2000MC = "1.2.840.10008.1.2.4.93";

    /// <summary>JPIP Referenced.</summary>
    public const string JPIPReferenced = "1.2.840.10008.1.2.4.94";

    /// <summary>JPIP Referenced Deflate.</summary>
    public const string JPIPReferencedDeflate = "1.2.840.10008.1.2.4.95";

    /// <summary>MPEG2 Main Profile / Main Level.</summary>
    public const string MPEG2MPML = "1.2.840.10008.1.2.4.100";

    /// <summary>Fragmentable MPEG2 Main Profile / Main Level.</summary>
    public const string MPEG2MPMLF = "1.2.840.10008.1.2.4.100.1";

    /// <summary>MPEG2 Main Profile / High Level.</summary>
    public const string MPEG2MPHL = "1.2.840.10008.1.2.4.101";

    /// <summary>Fragmentable MPEG2 Main Profile / High Level.</summary>
    public const string MPEG2MPHLF = "1.2.840.10008.1.2.4.101.1";

    /// <summary>MPEG-4 AVC/H.264 High Profile / Level 4.1.</summary>
    public const string MPEG4HP41 = "1.2.840.10008.1.2.4.102";

    /// <summary>Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.1.</summary>
    public const string MPEG4HP41F = "1.2.840.10008.1.2.4.102.1";

    /// <summary>MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1.</summary>
    public const string MPEG4HP41BD = "1.2.840.10008.1.2.4.103";

    /// <summary>Fragmentable MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1.</summary>
    public const string MPEG4HP41BDF = "1.2.840.10008.1.2.4.103.1";

    /// <summary>MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video.</summary>
    public const string MPEG4HP422D = "1.2.840.10008.1.2.4.104";

    /// <summary>Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video.</summary>
    public const string MPEG4HP422DF = "1.2.840.10008.1.2.4.104.1";

    /// <summary>MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video.</summary>
    public const string MPEG4HP423D = "1.2.840.10008.1.2.4.105";

    /// <summary>Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video.</summary>
    public const string MPEG4HP423DF = "1.2.840.10008.1.2.4.105.1";

    /// <summary>MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2.</summary>
    public const string MPEG4HP42STEREO = "1.2.840.10008.1.2.4.106";

    /// <summary>Fragmentable MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2.</summary>
    public const string MPEG4HP42STEREOF = "1.2.840.10008.1.2.4.106.1";

    /// <summary>HEVC/H.265 Main Profile / Level 5.1.</summary>
    public const string HEVCMP51 = "1.2.840.10008.1.2.4.107";

    /// <summary>HEVC/H.265 Main 10 Profile / Level 5.1.</summary>
    public const string HEVCM10P51 = "1.2.840.10008.1.2.4.108";

    /// <summary>JPEG XL Lossless.</summary>
    public const string JPEGXLLossless = "1.2.840.10008.1.2.4.110";

    /// <summary>JPEG XL JPEG Recompression.</summary>
    public const string JPEGXLJPEGRecompression = "1.2.840.10008.1.2.4.111";

    /// <summary>JPEG XL.</summary>
    public const string JPEGXL = "1.2.840.10008.1.2.4.112";

    /// <summary>High-Throughput JPEG 2000 Image Compression (Lossless Only).</summary>
    public const string HTJ2KLossless = "1.2.840.10008.1.2.4.201";

    /// <summary>High-Throughput JPEG 2000 with RPCL Options Image Compression (Lossless Only).</summary>
    public const string HTJ2KLosslessRPCL = "1.2.840.10008.1.2.4.202";

    /// <summary>High-Throughput JPEG 2000 Image Compression.</summary>
    public const string HTJ2K = "1.2.840.10008.1.2.4.203";

    /// <summary>JPIP HTJ2K Referenced.</summary>
    public const string JPIPHTJ2KReferenced = "1.2.840.10008.1.2.4.204";

    /// <summary>JPIP HTJ2K Referenced Deflate.</summary>
    public const string JPIPHTJ2KReferencedDeflate = "1.2.840.10008.1.2.4.205";

    /// <summary>RLE Lossless.</summary>
    public const string RLELossless = "1.2.840.10008.1.2.5";

    /// <summary>RFC 2557 MIME encapsulation (retired).</summary>
    public const string RFC2557MIMEEncapsulation = "1.2.840.10008.1.2.6.1";

    /// <summary>XML Encoding (retired).</summary>
    public const string XMLEncoding = "1.2.840.10008.1.2.6.2";

    /// <summary>Deflated Image Frame Compression.</summary>
    public const string DeflatedImageFrameCompression = "1.2.840.10008.1.2.8.1";

    /// <summary>Papyrus 3 Implicit VR Little Endian (retired).</summary>
    public const string Papyrus3ImplicitVRLittleEndian = "1.2.840.10008.1.20";
}
