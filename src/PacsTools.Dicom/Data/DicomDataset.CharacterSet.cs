using TextEncoding = System.Text.Encoding;

namespace PacsTools.Dicom.Data;

/// <content>The character set of its text (PS3.5 6.1.2; PS3.3 C.12.1.1.2).</content>
public sealed partial class DicomDataset
{
    private SpecificCharacterSet? _characterSet;
    private TextEncoding? _fallbackEncoding;

    /// <summary>
    /// The character set text is read and written in: (0008,0005) here or in the data set this is an item of, else the fallback,
    /// else ASCII. When it changes, values which were read stay the bytes they are and are read anew; text which was set is
    /// encoded anew.
    /// </summary>
    public SpecificCharacterSet CharacterSet => _characterSet ??= FindCharacterSet();

    /// <summary>Encoding of text outside ASCII where the data set names no character set; null for none. Items inherit it.</summary>
    public TextEncoding? FallbackEncoding
    {
        get => _fallbackEncoding ?? Parent?.FallbackEncoding;
        set
        {
            _fallbackEncoding = value;
            ForgetCharacterSet();
        }
    }

    internal void ForgetCharacterSet()
    {
        _characterSet = null;
        foreach (DicomElement element in Elements)
        {
            if (element.VR.UsesCharacterSet() || element.VR is DicomVR.SQ or DicomVR.UN) element.ForgetCharacterSet();
        }
    }

    private SpecificCharacterSet FindCharacterSet()
    {
        string[] terms = GetStrings(DicomTags.SpecificCharacterSet);
        if (terms.Length == 0 && Parent is not null) return Parent.CharacterSet;
        return CharacterSetCache.Get(terms, FallbackEncoding);
    }
}
