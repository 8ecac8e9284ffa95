using PacsTools.Dicom.Data;

namespace PacsTools.Completion;

/// <summary>Completes transfer syntaxes by name: the keywords of PS3.6 A, such as JPEG2000Lossless; retired ones last.</summary>
public sealed class TransferSyntaxCompleter() : UidKeywordCompleter(UidType.TransferSyntax, asUid: false);
