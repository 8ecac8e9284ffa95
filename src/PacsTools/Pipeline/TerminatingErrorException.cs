using System.Management.Automation;

namespace PacsTools.Pipeline;

/// <summary>Carries an error record that ends the command to the pipeline thread, which alone may raise it.</summary>
internal sealed class TerminatingErrorException(ErrorRecord errorRecord) : Exception(errorRecord.Exception?.Message)
{
    public ErrorRecord ErrorRecord => errorRecord;
}
