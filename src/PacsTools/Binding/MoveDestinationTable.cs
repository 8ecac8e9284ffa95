using System.Collections;
using System.Globalization;
using System.Management.Automation;
using PacsTools.Dicom.Errors;
using PacsTools.Pipeline;
using PacsTools.Services.Simulation;

namespace PacsTools.Binding;

/// <summary>AE titles and where they are, as <c>@{ AE = 'host:port' }</c>; a value may be anything -Node takes.</summary>
internal static class MoveDestinationTable
{
    /// <exception cref="FormatException">A value is no address.</exception>
    public static IReadOnlyDictionary<string, MoveTarget> Read(IDictionary? table, SessionState session)
    {
        var targets = new Dictionary<string, MoveTarget>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in table ?? new Hashtable())
        {
            var title = Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "";
            try
            {
                var node = NodeBinder.Bind(entry.Value, session);
                targets[title.Trim()] = new MoveTarget(node.HostName, node.Port) { Tls = node.Tls is { Enabled: true } tls ? tls.ToClient() : null };
            }
            catch (Exception error) when (error is FormatException or ArgumentException or TlsException)
            {
                throw new FormatException($"The move destination {title} has no usable address: {ErrorText.Of(error)}", error);
            }
        }

        return targets;
    }
}
