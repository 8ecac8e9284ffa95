namespace PacsTools.Dicom.Pdus;

/// <summary>The roles of the association's requestor for one SOP class (PS3.7 D.3.3.4): proposed in a request, agreed in an acceptance.</summary>
/// <param name="SopClassUid">The SOP class.</param>
/// <param name="ScuRole">True if the requestor may be SCU.</param>
/// <param name="ScpRole">True if the requestor may be SCP, as C-GET needs.</param>
public sealed record RoleSelection(string SopClassUid, bool ScuRole, bool ScpRole);
