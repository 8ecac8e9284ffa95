using PacsTools.Dicom.Data;

namespace PacsTools.Completion;

/// <summary>Completes SOP classes by name and inserts their UIDs, for parameters that are UIDs.</summary>
public sealed class SopClassUidCompleter() : UidKeywordCompleter(UidType.SopClass, asUid: true);
