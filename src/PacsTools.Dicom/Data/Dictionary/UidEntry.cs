#pragma warning disable CS1591 // The kinds are the standard's own words.
namespace PacsTools.Dicom.Data;

/// <summary>What a UID of PS3.6 A identifies.</summary>
public enum UidType
{
    TransferSyntax,
    SopClass,
    MetaSopClass,
    ServiceClass,
    SopInstance,
    ApplicationContextName,
    ApplicationHostingModel,
    CodingScheme,
    ContextGroup,
    FrameOfReference,
    LdapOid,
    MappingResource,
}

/// <summary>One line of the UID registry (PS3.6 A).</summary>
/// <param name="Uid">The UID.</param>
/// <param name="Name">The name, such as <c>CT Image Storage</c>.</param>
/// <param name="Keyword">The keyword, such as <c>CTImageStorage</c>; of a context group its identifier, such as <c>CID29</c>.</param>
/// <param name="Type">What it identifies.</param>
/// <param name="IsRetired">Whether the standard has retired it.</param>
public sealed record UidEntry(string Uid, string Name, string Keyword, UidType Type, bool IsRetired)
{
    /// <summary>Whether it is a SOP class whose instances C-STORE carries (PS3.4 B.5 and GG).</summary>
    public bool IsStorageSopClass => Type == UidType.SopClass && Keyword.Contains("Storage", StringComparison.Ordinal)
        && Keyword is not ("MediaStorageDirectoryStorage" or "StorageCommitmentPushModel" or "StorageCommitmentPullModel");
}
