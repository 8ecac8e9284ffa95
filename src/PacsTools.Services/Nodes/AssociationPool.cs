using System.Collections.Concurrent;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Services.Nodes;

/// <summary>
/// Keeps associations open between operations: at most 5 with a node, each for at most 5 minutes without use. One that went
/// stale meanwhile is replaced once, in silence; one on which an operation failed is never used again.
/// </summary>
internal sealed class AssociationPool : IAssociations
{
    /// <summary>Associations with one node at a time, those in use included.</summary>
    public const int MaxPerNode = 5;

    /// <summary>How long an association may lie unused.</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(300);

    /// <summary>How long an operation waits while all associations of its node are in use. Longer means that they wait for one another.</summary>
    public static readonly TimeSpan PlaceLimit = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, PooledNode> _nodes = new(StringComparer.Ordinal);
    private readonly IAssociationFactory _factory;
    private readonly TimeProvider _time;

    public AssociationPool(IAssociationFactory factory, TimeProvider? time = null)
    {
        _factory = factory;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The pool of the process.</summary>
    public static AssociationPool Shared { get; } = CreateShared();

    /// <summary>Nodes it knows of at the moment: those with an association, in use or idle.</summary>
    internal int Nodes => _nodes.Count;

    /// <summary>Associations now open, in use or idle.</summary>
    public int Open => _nodes.Values.Sum(n => n.Open);

    public T Use<T>(
        PacsNode node,
        IReadOnlyList<ProposedContext> contexts,
        Func<Association, T> operation,
        CancellationToken cancellationToken,
        int timeoutFactor = 1,
        IReadOnlyList<ExtendedNegotiation>? extendedNegotiations = null)
    {
        var places = Join(NodeKey(node));
        try
        {
            return Use(places, node, contexts, operation, cancellationToken, timeoutFactor, extendedNegotiations);
        }
        finally
        {
            places.Part();
        }
    }

    private T Use<T>(
        PooledNode places,
        PacsNode node,
        IReadOnlyList<ProposedContext> contexts,
        Func<Association, T> operation,
        CancellationToken cancellationToken,
        int timeoutFactor,
        IReadOnlyList<ExtendedNegotiation>? extendedNegotiations)
    {
        places.Enter(node, cancellationToken);
        try
        {
            var key = ContextKey(node, contexts, extendedNegotiations ?? []);
            if (places.Take(key) is { } kept)
            {
                var before = kept.MessagesReceived;
                try
                {
                    return Run(kept, operation, places, key, cancellationToken);
                }
                catch (DicomException e) when (IsStale(e) && kept.MessagesReceived == before)
                {
                    // It died unseen while it lay here; nothing has been answered on it yet, so nothing happens twice.
                }
            }

            return Run(_factory.Open(node, contexts, cancellationToken, timeoutFactor, extendedNegotiations), operation, places, key, cancellationToken);
        }
        finally
        {
            places.Leave();
        }
    }

    /// <inheritdoc/>
    public void EndIdle(PacsNode node)
    {
        if (!_nodes.TryGetValue(NodeKey(node), out var places))
            return;
        foreach (var association in places.TakeAll())
            _ = Task.Run(() => AssociationEnd.Soon(association));
        places.RetireIfEmpty();
    }

    /// <summary>Releases every idle association; those in use are released when their operation ends.</summary>
    public void Clear()
    {
        var releases = _nodes.Values.SelectMany(n => n.TakeAll()).Select(a => Task.Run(() => { a.Release(); })).ToArray();
        foreach (var places in _nodes.Values)
            places.RetireIfEmpty();
        Task.WaitAll(releases, ExitPatience);
    }

    private PooledNode Join(string key)
    {
        while (true)
        {
            var places = _nodes.GetOrAdd(key, static (key, pool) => new PooledNode(pool._time, empty => pool._nodes.TryRemove(new(key, empty))), this);
            if (places.TryJoin())
                return places;
            // It has retired a moment ago and is on its way out.
            Thread.Yield();
        }
    }

    private static AssociationPool CreateShared()
    {
        var pool = new AssociationPool(DirectAssociations.Default);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => pool.Clear();
        return pool;
    }

    private static T Run<T>(Association association, Func<Association, T> operation, PooledNode places, AssociationKey key, CancellationToken cancellationToken)
    {
        T result;
        try
        {
            result = operation(association);
        }
        catch (Exception e)
        {
            AssociationEnd.After(e, association);
            throw;
        }

        if (cancellationToken.IsCancellationRequested)
            AssociationEnd.Soon(association);
        else
            places.Keep(key, association);
        return result;
    }

    private static bool IsStale(DicomException e) => e is DicomNetworkException { Failure: NetworkFailure.ConnectionLost } or AssociationAbortedException { ByPeer: true };

    private static string NodeKey(PacsNode node) => $"{node.HostName.ToLowerInvariant()}\n{node.Port}\n{node.CalledAETitle}";

    private static AssociationKey ContextKey(PacsNode node, IReadOnlyList<ProposedContext> contexts, IReadOnlyList<ExtendedNegotiation> extended)
    {
        var proposed = contexts.Select(c => $"{c.AbstractSyntax}={string.Join(',', c.TransferSyntaxes)};{c.ScuRole}{c.ScpRole}");
        var extensions = extended.Select(e => $"{e.SopClassUid}+{Convert.ToHexString(e.Info)}");
        return new AssociationKey(string.Join('\n', [node.CallingAETitle, .. proposed, .. extensions]), node.Tls, node.UserIdentity);
    }
}
