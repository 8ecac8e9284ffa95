using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Encoding;

/// <summary>How elements stand in the bytes: with or without VR, and in which byte order (PS3.5 7.1, 7.3).</summary>
internal readonly record struct ElementForm(bool IsExplicit, bool IsBigEndian)
{
    internal static ElementForm ImplicitLittle => default;

    internal static ElementForm Of(TransferSyntax syntax) => new(syntax.IsExplicitVR, syntax.IsBigEndian);
}
