using PacsTools.Dicom.Data;

namespace PacsTools.Completion;

/// <summary>Completes SOP classes by name: the keywords of PS3.6 A, such as CTImageStorage; retired ones last.</summary>
public sealed class SopClassKeywordCompleter() : UidKeywordCompleter(UidType.SopClass, asUid: false);
