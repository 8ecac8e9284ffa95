using System.Management.Automation;
using PacsTools.Services.Storage;

namespace PacsTools.Commands;

/// <content>What can be told to every cmdlet that receives files.</content>
public abstract partial class ReceiveCommand
{
    /// <summary>The folder to put the files below, made if it is not there; without it they go to temporary storage and live an hour.</summary>
    /// <value>Temporary storage</value>
    [Parameter]
    [Alias("OutputPath", "OutputDirectory")]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>The place of a file below the destination: {StudyInstanceUID}/{SeriesInstanceUID}/{SOPInstanceUID}.dcm, with any keyword in braces.</summary>
    /// <value>{StudyInstanceUID}/{SeriesInstanceUID}/{SOPInstanceUID}.dcm</value>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Completion.LayoutCompleter))]
    public string? Layout { get; set; }

    /// <summary>What to do if a file is there already.</summary>
    /// <value>KeepBoth</value>
    [Parameter]
    public IfExists IfExists { get; set; }

    /// <summary>Continue into a destination that holds a part already: files that lie there whole are checked and not fetched again.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>One report a retrieve instead of one object an instance.</summary>
    [Parameter]
    public SwitchParameter AsReport { get; set; }
}
