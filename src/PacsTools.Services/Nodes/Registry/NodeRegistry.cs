using System.Text.Json.Nodes;

namespace PacsTools.Services.Nodes;

/// <summary>The nodes this user has given names, shared by all processes of the user.</summary>
internal sealed class NodeRegistry
{
    private readonly NodeStoreFile _file;

    public NodeRegistry(NodeStorePath path, TimeSpan? lockPatience = null) => _file = new NodeStoreFile(path, lockPatience);

    /// <summary>The registry by the environment of this moment.</summary>
    public static NodeRegistry Current => new(NodeStorePath.Resolve());

    /// <summary>Names of all entries, usable or not, in alphabetical order.</summary>
    /// <exception cref="NodeRegistryException">The store cannot be read.</exception>
    public IReadOnlyList<string> Names => [.. Entries().Select(e => e.Key).Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The registered nodes, in alphabetical order.</summary>
    /// <param name="unusable">Told of every entry of which no node can be made.</param>
    /// <exception cref="NodeRegistryException">The store cannot be read.</exception>
    public IReadOnlyList<PacsNode> All(Action<(string Name, NodeRegistryException Error)> unusable)
    {
        List<PacsNode> all = [];
        foreach (var (name, entry) in Entries())
        {
            try
            {
                all.Add(NodeJson.Read(name, entry));
            }
            catch (NodeRegistryException e)
            {
                unusable((name, e));
            }
        }

        return [.. all.OrderBy(n => n.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>A registered node.</summary>
    /// <exception cref="NodeRegistryException">There is none of this name, its entry is unusable, or the store cannot be read.</exception>
    public PacsNode Get(string name)
    {
        var nodes = Entries();
        foreach (var (key, entry) in nodes)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return NodeJson.Read(key, entry);
        }

        throw NotFound(name, nodes.Select(e => e.Key));
    }

    /// <summary>True if the name is taken, by whatever entry.</summary>
    public bool Contains(string name) => Entries().ContainsKey(name);

    /// <summary>Registers a node under its name, keeping what other versions know about it.</summary>
    /// <param name="node">The node; its name is set.</param>
    /// <param name="overwrite">True to replace one of the same name.</param>
    /// <param name="log">Warned if a damaged store had to be put aside.</param>
    /// <exception cref="NodeRegistryException">The name is taken, or the store cannot be written.</exception>
    public void Put(PacsNode node, bool overwrite, IJobLog log)
    {
        var name = NodeName.Check(node.Name);
        _file.Change(
            root =>
            {
                var nodes = NodeStoreFile.Nodes(root)!;
                if (nodes.ContainsKey(name) && !overwrite)
                    throw AlreadyRegistered(name);
                if (nodes[name] is not JsonObject entry)
                    nodes[name] = entry = NodeStoreFile.NewEntry();
                NodeJson.Write(node, entry);
                return true;
            },
            (aside, reason) => log.Warning("NodeStore.Damaged", $"{reason.Message} It was put aside as '{aside}' and a new registry begun; the nodes in it are not registered any more."));
    }

    /// <summary>Takes a name out. False if it was not there.</summary>
    /// <exception cref="NodeRegistryException">The store is damaged or cannot be written.</exception>
    public bool Remove(string name)
    {
        var removed = false;
        // A damaged store is an error here and left in place: there is nothing in it that could be taken out.
        _file.ReadToChange();
        _file.Change(
            root => removed = NodeStoreFile.Nodes(root)!.Remove(name),
            (aside, reason) => throw new NodeRegistryException("NodeStore.Damaged", $"{reason.Message} It was put aside as '{aside}'.", reason));
        return removed;
    }

    public static NodeRegistryException AlreadyRegistered(string name) =>
        new("Node.AlreadyRegistered", $"A node '{name}' is registered already.") { Advice = "Choose another name, or replace it with -Force." };

    public static NodeRegistryException NotFound(string name, IEnumerable<string> names)
    {
        var near = NodeName.Near(name, names);
        return new NodeRegistryException(
            "Node.NotFound",
            near.Count == 0 ? $"No node is registered under the name '{name}'." : $"No node is registered under the name '{name}'. Did you mean {string.Join(" or ", near)}?")
        {
            Advice = "Get-PacsNode shows the registered nodes; without a name, write AE@host:port.",
        };
    }

    private JsonObject Entries() => NodeStoreFile.Nodes(_file.Read())!;
}
