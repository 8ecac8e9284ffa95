using System.Management.Automation;
using PacsTools.Services.Nodes;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;

namespace PacsTools.Commands;

/// <content>What can be told to every cmdlet that retrieves.</content>
public abstract partial class RetrieveCommand
{
    /// <summary>Patient ID (0010,0020) of the studies; the Patient Root model needs it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? PatientID { get; set; }

    /// <summary>The information model: Study Root, or Patient Root for archives that offer nothing else.</summary>
    /// <value>That of the node, Study unless it was registered otherwise</value>
    [Parameter]
    public QueryModel QueryModel { get; set; }

    /// <summary>The road by which instances are fetched: C-MOVE to our Storage SCP, C-GET on one association, WADO-RS from the DicomWebUri of the node, or one after the other for what is missing.</summary>
    /// <value>Auto</value>
    [Parameter]
    public RetrieveMethod Method { get; set; }

    /// <summary>How many retrieves to run at a time.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int ThrottleLimit { get; set; } = 2;

    /// <summary>The Storage SCP to receive with, as Start-StorageScp returned it.</summary>
    [Parameter]
    [ValidateNotNull]
    public StorageScp? StorageScp { get; set; }

    /// <summary>AE title of the Storage SCP to receive with; one is started if none of this title runs.</summary>
    /// <value>The only one that runs, else RIS_STORE_SCP or PACSTOOLS_SCP_AET</value>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ScpAETitle { get; set; }

    /// <summary>Port of the Storage SCP to receive with; one is started if none runs there.</summary>
    /// <value>11113, or PACSTOOLS_SCP_PORT</value>
    [Parameter]
    [ValidateRange(1, 65535)]
    [ArgumentCompleter(typeof(Completion.ScpPortCompleter))]
    public int ScpPort { get; set; }

    /// <summary>Do not ask the archive by C-FIND what there is; its counters are believed.</summary>
    [Parameter]
    public SwitchParameter NoVerify { get; set; }

    /// <summary>The most bytes a second, all retrieves of the command together: 10MB.</summary>
    /// <value>No limit</value>
    [Parameter]
    [ValidateRange(1L, long.MaxValue)]
    public long MaxRate { get; set; }
}
