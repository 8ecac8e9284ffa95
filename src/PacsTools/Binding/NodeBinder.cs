using System.Collections;
using System.Globalization;
using System.Management.Automation;
using PacsTools.Services.Nodes;

namespace PacsTools.Binding;

/// <summary>Makes a node of whatever was given for one.</summary>
internal static class NodeBinder
{
    // A Node may itself hold a Node (a row made of a result); more than that is no node but a loop.
    private const int MaxDepth = 4;

    // That of -TimeoutSeconds.
    private const double MaxTimeoutSeconds = 86400;

    /// <param name="value">What was given.</param>
    /// <param name="session">Knows where PowerShell is, for relative paths of certificates; null for where the process is.</param>
    /// <exception cref="FormatException">It is no node; the message says why and what would be one.</exception>
    /// <exception cref="ArgumentException">It is one, with a value that cannot be right.</exception>
    public static PacsNode Bind(object? value, SessionState? session = null) => Bind(value, session, 0);

    private static PacsNode Bind(object? value, SessionState? session, int depth)
    {
        var bare = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        switch (bare)
        {
            case null:
                throw new FormatException("The node is null.");
            case PacsNode node:
                return node;
            case string text:
                return Parse(text);
            case IList list when list.Count == 1:
                return Bind(list[0], session, depth + 1);
            case IList:
                throw new FormatException("Several nodes were given; pipe them in one after the other.");
        }

        if (depth >= MaxDepth) throw new FormatException("The Node of the object holds another Node, and so on.");
        var members = bare is IDictionary table ? Members.Of(table) : Members.Of(PSObject.AsPSObject(value));
        if (members.Find("Node") is { } inner && !ReferenceEquals(inner, bare)) return Bind(inner, session, depth + 1);
        var host = members.Text("HostName", "IPAddress", "ComputerName");
        return host is null
            ? throw new FormatException($"{Describe(bare)} is no node: it has neither a Node nor a HostName.")
            : FromMembers(host, members, session);
    }

    private static PacsNode Parse(string text)
    {
        if (text.Contains(':') || text.Contains('@')) return PacsNode.Parse(text.Trim());
        if (string.IsNullOrWhiteSpace(text)) throw new FormatException("The node is empty: write its registered name, AE@host:port or host:port.");
        try
        {
            return NodeRegistry.Current.Get(text.Trim());
        }
        catch (NodeRegistryException error)
        {
            throw new FormatException(error.Id == "Node.NotFound" ? $"{error.Message} Register-PacsNode gives names to nodes; without one write AE@host:port or host:port." : error.Message, error);
        }
    }

    // What a PacsNode holds, under its own names and those of the parameters.
    private static PacsNode FromMembers(string host, Members members, SessionState? session)
    {
        var node = new PacsNode { HostName = host };
        if (members.Number("Port") is { } port) node = node with { Port = port };
        if (members.Text("CalledAETitle", "RemoteAETitle", "AETitle") is { } called) node = node with { CalledAETitle = called };
        if (members.Text("CallingAETitle", "LocalAETitle") is { } calling) node = node with { CallingAETitle = calling };
        if (members.Text("ScpAETitle") is { } scp) node = node with { ScpAETitle = scp };
        if (members.Number("ScpPort") is { } scpPort) node = node with { ScpPort = scpPort };
        if (members.Text("Name") is { } name) node = node with { Name = name };
        if (members.Text("QueryModel") is { } model) node = node with { QueryModel = ModelOf(model) };
        if (members.Text("Timeout", "TimeoutSeconds") is { } timeout) node = node with { Timeout = BoundOf(timeout) };
        // A credential that came back from a file or another process has lost its password: it has to be given again.
        if (members.Text("DicomWebUri") is { } web) node = node with { DicomWebUri = new Uri(web, UriKind.RelativeOrAbsolute) };
        return TlsMembers.Read(members.Find, session) is { } tls ? node with { Tls = tls } : node;
    }

    // What was given and cannot be read must not become the default in silence.
    private static QueryModel ModelOf(string text) => Enum.TryParse<QueryModel>(text, ignoreCase: true, out var model) && Enum.IsDefined(model)
        ? model
        : throw new FormatException($"The QueryModel '{text}' is none: write {string.Join(" or ", Enum.GetNames<QueryModel>())}.");

    // A bare number is seconds, as it is for -Timeout; to TimeSpan it would be days.
    private static TimeSpan BoundOf(string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && Math.Abs(seconds) <= MaxTimeoutSeconds) return TimeSpan.FromSeconds(seconds);
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var bound) && bound.TotalSeconds <= MaxTimeoutSeconds
            ? bound
            : throw new FormatException($"The Timeout '{text}' is none: write seconds or a duration such as 00:00:30, at most a day.");
    }

    private static string Describe(object value) => value is PSObject or IDictionary ? "The object" : $"The {value.GetType().Name}";

    /// <summary>Named values of a hashtable or of an object, empty ones left out: an empty CSV cell says nothing.</summary>
    private sealed class Members(Func<string, object?> read)
    {
        public static Members Of(IDictionary table) => new(name =>
        {
            foreach (DictionaryEntry entry in table)
                if (entry.Key is string key && key.Equals(name, StringComparison.OrdinalIgnoreCase)) return entry.Value;
            return null;
        });

        public static Members Of(PSObject value) => new(name => value.Properties[name] is { IsGettable: true } property ? property.Value : null);

        public object? Find(string name) => read(name);

        public string? Text(params string[] names)
        {
            foreach (var name in names)
                if (Plain(read(name)) is { } value && Convert.ToString(value, CultureInfo.InvariantCulture) is { } text && !string.IsNullOrWhiteSpace(text)) return text.Trim();
            return null;
        }

        public int? Number(string name) => Text(name) is not { } text ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new FormatException($"The {name} '{text}' is no number.");

        private static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
    }
}
