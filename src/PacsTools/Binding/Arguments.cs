using System.Management.Automation;
using PacsTools.Pipeline;

namespace PacsTools.Binding;

/// <summary>Unusable arguments end a command before anything is sent.</summary>
internal static class Arguments
{
    /// <exception cref="TerminatingErrorException">The argument is unusable.</exception>
    public static T Check<T>(Func<T> read, object? target)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            throw new TerminatingErrorException(ErrorMap.ToRecord(error, target));
        }
    }

    public static TerminatingErrorException Invalid(string message, object? target = null, string id = "InvalidArgument") =>
        new(ErrorMap.Create(new ArgumentException(message), id, ErrorCategory.InvalidArgument, target, advice: null));
}
