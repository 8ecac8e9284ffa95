using System.Management.Automation;
using PacsTools.Dicom.Data;

namespace PacsTools.Commands;

/// <summary>What the cmdlets have in common that take a data set as well as a file.</summary>
public abstract class DatasetCommand : FileCommand
{
    /// <summary>A data set instead of a file, as results of queries have one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public DicomDataset? Dataset { get; set; }

    /// <inheritdoc/>
    private protected override bool HasInput => base.HasInput || IsGiven(nameof(Dataset));

    // Of an object without any path PowerShell makes a text and calls that one, so a data set comes first; a file's own, read anew, tells more.
    private protected bool IsOnlyDataset => Dataset is not null && LiteralPath.Length == 0 && !(Path.Length > 0 && !IsFromPipeline(nameof(Path)));

    /// <inheritdoc/>
    private protected override void TakeInput()
    {
        if (!IsOnlyDataset) base.TakeInput();
    }
}
