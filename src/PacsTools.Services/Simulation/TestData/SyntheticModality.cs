namespace PacsTools.Services.Simulation.TestData;

/// <summary>The kinds of instance that can be made.</summary>
public enum SyntheticModality
{
    /// <summary>CT Image Storage: 12 bits, Hounsfield units.</summary>
    CT,

    /// <summary>MR Image Storage: 12 bits.</summary>
    MR,

    /// <summary>Computed Radiography Image Storage: 10 bits, MONOCHROME1.</summary>
    CR,

    /// <summary>Ultrasound Multi-frame Image Storage: 8 bits, several frames.</summary>
    US,

    /// <summary>Basic Text SR Storage: a short report.</summary>
    SR,

    /// <summary>Secondary Capture Image Storage: RGB.</summary>
    SC,
}

/// <summary>The character sets names and descriptions can be in.</summary>
public enum SyntheticCharacterSet
{
    /// <summary>The least that holds the texts given; ASCII where none is given.</summary>
    Automatic,

    /// <summary>ISO_IR 100, with umlauts and accents.</summary>
    Latin1,

    /// <summary>ISO_IR 192.</summary>
    Utf8,

    /// <summary>ISO 2022 IR 87, with ideographic and phonetic names.</summary>
    Japanese,

    /// <summary>GB18030, with ideographic names.</summary>
    Gb18030,
}
