namespace PacsTools.Dicom.Data;

/// <summary>How a data set is encoded (PS3.5 10 and A): byte order, explicit or implicit VR, deflated, encapsulated pixel data.
/// Two transfer syntaxes are equal if their UIDs are.</summary>
public sealed partial class TransferSyntax : IEquatable<TransferSyntax>
{
    private static readonly Lazy<Dictionary<string, TransferSyntax>> s_byUid = new(IndexByUid);

    private TransferSyntax(string uid, string name, bool explicitVR = true, bool bigEndian = false, bool deflated = false,
        bool encapsulated = false, bool retired = false, bool known = true, bool bigEndianPixelData = false)
    {
        UID = uid;
        Name = name;
        IsExplicitVR = explicitVR;
        IsBigEndian = bigEndian;
        IsDeflated = deflated;
        IsEncapsulated = encapsulated;
        IsRetired = retired;
        IsKnown = known;
        IsPixelDataBigEndian = bigEndian || bigEndianPixelData;
    }

    /// <summary>The transfer syntax UID, without padding.</summary>
    public string UID { get; }

    /// <summary>The name of PS3.6 A, or the UID itself where it is not known.</summary>
    public string Name { get; }

    /// <summary>Whether elements carry their VR (PS3.5 7.1.2).</summary>
    public bool IsExplicitVR { get; }

    /// <summary>Whether numbers are big endian (PS3.5 A.3, retired).</summary>
    public bool IsBigEndian { get; }

    /// <summary>Whether the whole data set is deflated (PS3.5 A.5).</summary>
    public bool IsDeflated { get; }

    /// <summary>Whether Pixel Data (7FE0,0010) is a sequence of fragments (PS3.5 A.4).</summary>
    public bool IsEncapsulated { get; }

    /// <summary>Whether the standard has retired it.</summary>
    public bool IsRetired { get; }

    /// <summary>False if <see cref="Get"/> was asked for a UID that this build does not know.</summary>
    public bool IsKnown { get; }

    /// <summary>Whether native pixel data is big endian, as in one private syntax whose other elements are little endian.</summary>
    public bool IsPixelDataBigEndian { get; }

    /// <summary>The transfer syntax of a UID. A UID that is not known is taken for explicit VR little endian with encapsulated
    /// pixel data, which PS3.5 A.4 requires of every compressed syntax to come.</summary>
    /// <param name="uid">The UID; trailing NULs and spaces are ignored.</param>
    public static TransferSyntax Get(string uid)
    {
        ArgumentNullException.ThrowIfNull(uid);
        string trimmed = uid.TrimEnd('\0', ' ');
        return s_byUid.Value.TryGetValue(trimmed, out TransferSyntax? syntax)
            ? syntax
            : new TransferSyntax(trimmed, trimmed, encapsulated: true, known: false);
    }

    private static Dictionary<string, TransferSyntax> IndexByUid()
    {
        var index = new Dictionary<string, TransferSyntax>(StringComparer.Ordinal);
        foreach (TransferSyntax syntax in All)
            index.Add(syntax.UID, syntax);
        index.Add(GEPrivateImplicitVRBigEndian.UID, GEPrivateImplicitVRBigEndian);
        return index;
    }

    /// <inheritdoc/>
    public bool Equals(TransferSyntax? other) => other is not null && UID == other.UID;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TransferSyntax);

    /// <inheritdoc/>
    public override int GetHashCode() => UID.GetHashCode(StringComparison.Ordinal);

    /// <summary>Whether both name the same transfer syntax.</summary>
    public static bool operator ==(TransferSyntax? left, TransferSyntax? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether they name different transfer syntaxes.</summary>
    public static bool operator !=(TransferSyntax? left, TransferSyntax? right) => !(left == right);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
